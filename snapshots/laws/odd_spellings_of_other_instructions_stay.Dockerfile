FROM debian:bookworm
# hadolint global ignore=DL3008
ENV GREETING hello  to all \
    of you
VOLUME ['/data']
EXPOSE 80/tcp 443
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
HEALTHCHECK --interval=5m --timeout=3s CMD jq --version || exit 1
CMD ["jq"] # the tool
