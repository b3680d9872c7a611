FROM debian:bookworm
RUN for part in a b; do wget "https://example.org/$part.tgz"; done && wget https://example.org/tool.tgz -O /tmp/tool.tgz && \
    tar -xzf /tmp/tool.tgz -C /opt && rm /tmp/tool.tgz
CMD ["/opt/tool"]
