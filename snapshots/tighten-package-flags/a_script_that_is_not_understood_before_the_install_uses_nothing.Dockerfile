FROM debian:bookworm
RUN if true; then echo
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD ["/tool"]
