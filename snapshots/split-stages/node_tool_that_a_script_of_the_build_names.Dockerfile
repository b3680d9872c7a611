FROM node:20 AS build
RUN npm install -g @nestjs/cli
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "dist/index.js"]
