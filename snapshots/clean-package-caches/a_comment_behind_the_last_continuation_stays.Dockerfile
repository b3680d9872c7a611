FROM debian:bookworm
RUN apt-get update && apt-get install -y \
    jq \
    tree \
    # nothing more

CMD ["jq"] && \
    rm -rf /var/lib/apt/lists/*
