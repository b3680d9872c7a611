# syntax=docker/dockerfile:1
FROM debian:bookworm-slim
COPY --chmod=755 --link start.sh \
    # and what it reads
    start.conf \
    /usr/local/bin/
