# syntax=docker/dockerfile:1.7
# check=skip=JSONArgsRecommended

FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD jq
