# syntax=docker/dockerfile:1
FROM python:alpine AS build
RUN --mount=type=cache,id=pip-python-alpine,target=/root/.cache/pip pip install flask
FROM ubuntu AS tools
RUN --mount=type=cache,id=apt-ubuntu,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,id=apt-lists-ubuntu,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends make
FROM alpine:3.19
COPY --from=build /usr/local/lib/python3 /usr/local/lib/python3
COPY --from=tools /usr/bin/make /usr/bin/make
CMD ["make"]
