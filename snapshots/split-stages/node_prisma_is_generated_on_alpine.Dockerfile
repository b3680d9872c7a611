FROM node:20-alpine3.20 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npx prisma generate && npm run build
RUN npm prune --omit=dev

FROM node:20-alpine3.20
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "dist/server.js"]
