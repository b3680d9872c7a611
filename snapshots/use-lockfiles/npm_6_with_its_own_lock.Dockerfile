FROM node:8.12-alpine
WORKDIR /app
COPY . .
RUN npm ci
