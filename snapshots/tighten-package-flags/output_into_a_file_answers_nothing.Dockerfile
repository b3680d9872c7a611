FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl > /var/log/install.log
CMD ["curl", "--version"]
