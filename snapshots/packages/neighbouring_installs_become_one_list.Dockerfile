FROM debian:bookworm
RUN apt-get update && apt-get install -y \
    jq \
    tree \
    curl \
    git
CMD ["jq"]
