FROM debian:bookworm
RUN apt-get update; \
    apt-get install -y jq; \
    ldconfig && \
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
