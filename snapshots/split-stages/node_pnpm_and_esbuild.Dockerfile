FROM node:22 AS build
RUN corepack enable
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm build
RUN pnpm prune --prod

FROM node:22-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "build/worker.mjs"]
