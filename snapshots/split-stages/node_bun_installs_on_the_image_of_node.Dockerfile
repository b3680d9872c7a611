FROM node:20 AS build
RUN npm install -g bun
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN bun run build
RUN rm -rf node_modules && bun install --frozen-lockfile --production

FROM node:20-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "dist/index.js"]
