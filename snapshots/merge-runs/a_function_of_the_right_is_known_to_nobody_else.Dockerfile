FROM debian:bookworm
RUN wget https://example.org/other.tgz -O /tmp/other.tgz && \
    unpack() { tar -xzf "$1" -C /opt; } && unpack /tmp/other.tgz && rm /tmp/other.tgz
CMD ["/opt/tool"]
