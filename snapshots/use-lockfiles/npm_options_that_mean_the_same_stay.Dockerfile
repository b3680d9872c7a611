FROM node:20-slim
WORKDIR /app
COPY package*.json ./
RUN NODE_ENV=production npm ci --omit=dev \
      --no-audit --loglevel warn && \
    npm cache clean --force
