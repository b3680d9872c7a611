# syntax=docker/dockerfile:1
FROM ubuntu:22.04
COPY x.sh /x.sh
RUN apt-get update && apt-get install -y --no-install-recommends make
RUN /x.sh
RUN --mount=type=cache,id=apt-jammy,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,id=apt-lists-jammy,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends unzip
CMD ["make"]
