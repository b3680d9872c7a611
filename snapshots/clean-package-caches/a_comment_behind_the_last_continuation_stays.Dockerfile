FROM debian:bookworm
CMD ["jq"]
RUN apt-get update && apt-get install -y \
    jq \
    tree \
 && rm -rf /var/lib/apt/lists/* \
    # nothing more
