FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && \
    rm -rf /var/lib/apt/lists/*
COPY setup.sh /setup.sh
RUN /setup.sh
CMD ["curl", "--version"]
