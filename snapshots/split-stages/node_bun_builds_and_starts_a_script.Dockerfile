FROM oven/bun:1-debian AS build
WORKDIR /app
COPY package.json bun.lock .
RUN bun install --frozen-lockfile && bun pm cache rm
COPY . .
RUN bun run build
RUN rm -rf node_modules && bun install --frozen-lockfile --production

FROM oven/bun:1-slim
WORKDIR /app
COPY --from=build /app /app
CMD bun run start
