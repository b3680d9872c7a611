FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
    ca-certificates \
    # fetches the sources
    git \
    # reads JSON
    jq \
    openssh-client \
 && rm -rf /var/lib/apt/lists/*
CMD ["git"]
