FROM debian:bookworm
RUN apt-get update; apt-get install -y --no-install-recommends make automake autoconf libtool; echo done; true && rm -rf /var/lib/apt/lists/*
CMD ["make"]
