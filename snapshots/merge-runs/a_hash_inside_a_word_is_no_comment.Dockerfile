FROM debian:bookworm
RUN echo a#b > /etc/motd && apt-get update && \
    apt-get install -y curl
CMD ["curl", "--version"]
