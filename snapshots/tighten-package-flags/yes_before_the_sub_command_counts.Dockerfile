FROM debian:bookworm
RUN apt-get update && apt-get -y install --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
