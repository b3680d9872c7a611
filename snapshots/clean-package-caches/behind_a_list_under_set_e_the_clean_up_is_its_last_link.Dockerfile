FROM debian:bookworm
RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends nginx && nginx -t && \
    rm -rf /var/lib/apt/lists/*
CMD ["nginx"]
