FROM debian:bookworm
RUN apt update && apt install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
