FROM node:20 AS build
RUN npm install -g bun
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN rm -rf node_modules && bun install --frozen-lockfile --production

FROM node:20-slim
RUN npm install -g bun
WORKDIR /app
COPY . .
COPY --from=build /app/node_modules /app/node_modules
CMD ["bun", "src/index.ts"]
