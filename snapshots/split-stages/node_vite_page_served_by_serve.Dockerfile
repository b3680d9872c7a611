FROM node:20 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-slim
WORKDIR /app
COPY --from=build /app /app
RUN npm install -g serve@14.2.3
EXPOSE 5000
CMD ["serve", "-s", "dist", "-l", "5000"]
