FROM node:20-slim
WORKDIR /app
COPY package.json package-lock.json ./
COPY patches ./patches/
RUN npm ci
COPY . .
CMD ["node", "src/index.js"]
