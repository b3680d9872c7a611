FROM debian:bookworm
RUN echo "<<EOF" > /etc/motd && apt-get update && \
    apt-get install -y curl
CMD ["curl", "--version"]
