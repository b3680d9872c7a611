FROM oven/bun:1.2 AS build
WORKDIR /home/bun/app
COPY package.json bun.lock ./
RUN bun install --frozen-lockfile
RUN rm -rf node_modules && bun install --frozen-lockfile --production

FROM oven/bun:1.2-slim
WORKDIR /home/bun/app
COPY --from=build /home/bun/app/node_modules /home/bun/app/node_modules
COPY . .
USER bun
EXPOSE 3000/tcp
ENTRYPOINT [ "bun", "run", "src/index.ts" ]
