FROM debian:bookworm
RUN apt-get update; apt-get install -y --no-install-recommends make automake autoconf libtool && rm -rf /var/lib/apt/lists/*; echo done; true
CMD ["make"]
