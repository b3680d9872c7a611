FROM debian:bookworm
RUN apt-get update && \
    # what the health check needs
    apt-get install -y curl
CMD ["curl", "--version"]
