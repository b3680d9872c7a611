FROM debian:bookworm
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm \
 && npm ci \
 && npm cache clean --force \
 && apt-get purge -y --auto-remove npm \
 && rm -rf /var/lib/apt/lists/*
CMD ["node", "server.js"]
