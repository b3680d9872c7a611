FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends procps curl ca-certificates && rm -rf /var/lib/apt/lists/*
CMD ["curl", "--version"]
