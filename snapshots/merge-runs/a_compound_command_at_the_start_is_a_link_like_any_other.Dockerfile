FROM debian:bookworm
RUN if [ -e /etc/apt/proxy ]; then echo proxy; fi && apt-get update && \
    apt-get install -y curl
CMD ["curl", "--version"]
