FROM debian:bookworm
RUN apt-get update && apt-get install -y \
    # reads JSON
    jq \
    # shows trees
    tree \
 && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
