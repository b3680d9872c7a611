FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
RUN <<EOF bash -e
apt-get update
apt-get install -y git
EOF
CMD ["make"]
