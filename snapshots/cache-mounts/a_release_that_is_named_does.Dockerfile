# syntax=docker/dockerfile:1
FROM ubuntu:24.04
RUN --mount=type=cache,id=apt-noble,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,id=apt-lists-noble,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends curl
CMD ["curl"]
