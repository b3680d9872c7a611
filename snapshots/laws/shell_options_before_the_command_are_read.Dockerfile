FROM debian:bookworm
RUN set -o errexit -o nounset; \
    apt-get update; \
    apt-get install -y --no-install-recommends jq; \
    jq --version; \
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
