FROM node:20-slim
COPY . .
RUN bun --cwd web i \
 && bun run build \
 && rm -rf /root/.bun/install/cache
CMD ["bun", "server.ts"]
