# syntax=docker/dockerfile:1
FROM debian:bookworm
RUN --mount=type=cache,id=apt-bookworm,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,id=apt-lists-bookworm,target=/var/lib/apt/lists,sharing=locked \
    set -e; \
    rm -f /etc/apt/apt.conf.d/docker-clean && yes | apt-get update; \
    yes | apt-get install --no-install-recommends make
CMD ["make"]
