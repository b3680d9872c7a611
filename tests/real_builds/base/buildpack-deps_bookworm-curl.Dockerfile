# tag: buildpack-deps:bookworm-curl
# also: buildpack-deps:curl
# set: buildpack
FROM debian:bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl gnupg netbase sq wget \
    && rm -rf /var/lib/apt/lists/*
LABEL imgfix.standin="buildpack-deps:bookworm-curl: the same packages"
