FROM debian:bookworm
MAINTAINER someone@example.org
RUN apt-get update && \

    apt-get install -y --no-install-recommends jq && \
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
