FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends jq
CMD apt-get install -y curl && exec jq
