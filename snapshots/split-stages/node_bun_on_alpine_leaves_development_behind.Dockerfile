FROM oven/bun:1.1-alpine AS build
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN rm -rf node_modules && bun install --frozen-lockfile --production

FROM oven/bun:1.1-alpine
WORKDIR /app
COPY . .
COPY --from=build /app/node_modules /app/node_modules
CMD ["bun", "--smol", "run", "src/index.ts"]
