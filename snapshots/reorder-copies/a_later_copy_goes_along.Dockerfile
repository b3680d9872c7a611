FROM node:20-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
COPY config/prod.js config.js
RUN npm run build
