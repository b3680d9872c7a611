FROM debian:bookworm
RUN --network=default apt-get update && \
    apt-get install -y curl
CMD ["curl", "--version"]
