# tag: imgfix-fetch:latest
# set: -
#
# For recipes that take parts out of packages of PyPI: this machine need not have pip.
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3-pip \
    && rm -rf /var/lib/apt/lists/*
LABEL imgfix.standin="not a stand-in: pip for the recipes"
