FROM node:20-slim
COPY package.json pnpm-lock.yaml ./
RUN corepack pnpm i --prod && corepack pnpm store prune
CMD ["node", "server.js"]
