FROM node:20-slim
WORKDIR /app
COPY package.json yarn.lock* package-lock.json* ./
RUN npm ci
