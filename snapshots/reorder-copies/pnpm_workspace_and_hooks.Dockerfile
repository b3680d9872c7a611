FROM node:20-slim
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY apps/a/package.json ./apps/a/
RUN corepack enable && pnpm install --frozen-lockfile
COPY . .
CMD ["node", "src/index.js"]
