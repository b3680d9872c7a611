FROM node:20-slim
WORKDIR /app
COPY package.json package-lock.json ./
COPY docker/entrypoint.sh /entrypoint.sh
RUN npm ci
COPY . .
ENTRYPOINT ["/entrypoint.sh"]
