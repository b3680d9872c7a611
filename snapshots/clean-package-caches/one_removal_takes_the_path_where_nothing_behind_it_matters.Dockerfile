FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y --no-install-recommends make && \
    rm -rf /tmp/* /var/lib/apt/lists/* && \
    mkdir -p /conf
CMD ["make"]
