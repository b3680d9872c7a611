FROM node:20-slim
WORKDIR /app
ENV NODE_OPTIONS="--max-old-space-size=4096" NPM_CONFIG_LOGLEVEL=warn NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
CMD ["node", "src/index.js"]
