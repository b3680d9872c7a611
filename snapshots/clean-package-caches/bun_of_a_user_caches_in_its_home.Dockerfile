FROM node:20-slim
USER node
COPY . .
RUN bun install && rm -rf ~/.bun/install/cache
CMD ["node", "server.js"]
