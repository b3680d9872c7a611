FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y --no-install-recommends make && \
    rm -rf /tmp/* && \
    make -C /src && \
    rm -rf /var/lib/apt/lists/*
CMD ["make"]
