FROM debian:bookworm
RUN ( wget https://example.org/tool.tgz -O /tmp/tool.tgz || exit 3 ) && tar -xzf /tmp/tool.tgz -C /opt && \
    rm /tmp/tool.tgz
CMD ["/opt/tool"]
