FROM debian:bookworm
RUN wget https://example.org/tool.tgz -O /tmp/tool.tgz && tar -xzf /tmp/tool.tgz -C /opt/shm && \
    rm /tmp/tool.tgz
CMD ["/opt/tool"]
