FROM node:20-slim
WORKDIR /app
COPY shop/package*.json shop/
RUN npm ci --prefix shop
