FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
COPY --chown=1000:1000 . /app
WORKDIR /app
CMD ["start.sh"]
