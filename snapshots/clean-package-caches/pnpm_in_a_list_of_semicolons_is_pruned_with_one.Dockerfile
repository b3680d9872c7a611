FROM node:20-slim
COPY . .
RUN set -eux; \
    corepack enable; \
    pnpm install --prod --frozen-lockfile; \
    pnpm store prune
CMD ["node", "server.js"]
