FROM debian:bookworm
RUN apt-get update && apt-get install -y \
    jq \
    tree \
 && apt-get install -y curl \
 && apt-get install -y git tree
CMD ["jq"]
