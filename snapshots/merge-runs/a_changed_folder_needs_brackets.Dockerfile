FROM debian:bookworm
RUN ( cd /tmp && wget https://example.org/tool.tgz -O /tmp/tool.tgz ) && \
    rm /tmp/tool.tgz
CMD ["/opt/tool"]
