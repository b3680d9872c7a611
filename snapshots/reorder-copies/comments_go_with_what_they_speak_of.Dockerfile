FROM node:20-slim
WORKDIR /app

COPY package.json package-lock.json ./

# Install the dependencies
RUN npm ci

# Bundle the application
COPY . .

EXPOSE 3000
