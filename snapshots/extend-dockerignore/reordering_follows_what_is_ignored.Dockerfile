FROM node:20-slim
WORKDIR /app
COPY package.json ./
RUN npm ci && npm cache clean --force
COPY . .
CMD ["node", "index.js"]
