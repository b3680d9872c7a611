FROM node:20-slim
WORKDIR /app
# Install dependencies
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
EXPOSE 3000
