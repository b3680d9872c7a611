FROM debian:bookworm
RUN wget https://example.org/tool.tgz -O /tmp/tool.tgz && useradd --system app && \
    tar -xzf /tmp/tool.tgz -C /opt && rm /tmp/tool.tgz
CMD ["/opt/tool"]
