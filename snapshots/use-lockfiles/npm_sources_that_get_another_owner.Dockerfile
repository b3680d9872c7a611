FROM node:20-slim
WORKDIR /app
COPY . .
RUN chown -R node:node /app
USER node
RUN npm ci
