FROM oven/bun AS build
WORKDIR /app
COPY . .
RUN bun install

FROM oven/bun:slim
WORKDIR /app
COPY . .
COPY --from=build /app/node_modules /app/node_modules
CMD ["bun", "src/index.ts"]
