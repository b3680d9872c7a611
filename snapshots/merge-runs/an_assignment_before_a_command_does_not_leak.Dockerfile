FROM debian:bookworm
RUN DEBIAN_FRONTEND=noninteractive apt-get update && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y curl
CMD ["curl", "--version"]
