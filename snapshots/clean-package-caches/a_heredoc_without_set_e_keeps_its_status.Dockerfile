FROM debian:bookworm
RUN <<EOF
apt-get update
apt-get install -y --no-install-recommends jq
jq --version && rm -rf /var/lib/apt/lists/*
EOF
CMD ["jq"]
