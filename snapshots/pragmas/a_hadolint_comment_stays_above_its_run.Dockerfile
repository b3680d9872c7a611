FROM debian:bookworm
# hadolint ignore=DL3008,DL3009
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
