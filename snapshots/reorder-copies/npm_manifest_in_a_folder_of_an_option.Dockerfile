FROM node:20-slim
WORKDIR /app
COPY web/package.json ./web/
RUN npm ci --prefix /app/web
COPY . .
CMD ["node", "src/index.js"]
