FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
    ca-certificates \
    openssh-client \
    # fetches the sources
    git \
    # reads JSON
    jq \
 && rm -rf /var/lib/apt/lists/*
CMD ["git"]
