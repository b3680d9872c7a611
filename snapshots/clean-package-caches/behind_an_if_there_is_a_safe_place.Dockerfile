FROM debian:bookworm
RUN apt-get update && if [ -n "$EXTRA" ]; then echo more; fi && apt-get install -y --no-install-recommends jq && \
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
