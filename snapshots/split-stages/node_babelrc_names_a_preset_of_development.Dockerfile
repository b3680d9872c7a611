FROM node:18 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build:css

FROM node:18-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "index.js"]
