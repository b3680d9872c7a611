FROM debian:bookworm
COPY tool.deb /tmp/tool.deb
RUN apt-get update && apt-get install -y --no-install-recommends jq && dpkg -i /tmp/tool.deb && rm -rf /var/lib/apt/lists/*
CMD ["tool"]
