FROM node:20-slim
RUN npm install -g bun && npm cache clean --force
COPY package.json bun.lock ./
RUN bun install --frozen-lockfile --production && rm -rf /root/.bun/install/cache
CMD ["bun", "run", "start"]
