FROM node:20 AS build
RUN npm install -g pnpm@9
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm run build
RUN pnpm prune --prod

FROM node:20-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "dist/index.js"]
