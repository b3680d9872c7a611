FROM node:20-slim
WORKDIR /app
COPY start.sh /start.sh
RUN chmod +x /start.sh
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
