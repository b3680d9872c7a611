ARG BUN_VERSION=1.2.4
FROM oven/bun:${BUN_VERSION} AS build
COPY package.json bun.lock ./
RUN bun install --production

FROM oven/bun:${BUN_VERSION}-slim
WORKDIR /home/bun/app
COPY --from=build /home/bun/app/node_modules /home/bun/app/node_modules
COPY . .
USER bun
ENTRYPOINT ["bun", "run", "src/index.ts"]
