FROM debian:bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends jq \
 && rm -rf /var/lib/apt/lists/* \
 && echo "deb https://example.org/apt stable main" > /etc/apt/sources.list.d/example.list
CMD ["jq"]
