FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends jq=1.6-2.1 tree:amd64 && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
