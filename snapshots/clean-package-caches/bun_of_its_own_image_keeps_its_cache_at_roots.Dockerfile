FROM oven/bun:1
COPY . .
RUN bun install --frozen-lockfile && rm -rf /root/.bun/install/cache
CMD ["bun", "server.ts"]
