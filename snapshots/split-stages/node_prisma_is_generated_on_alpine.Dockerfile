FROM node:20-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npx prisma generate
RUN npm prune --omit=dev

FROM node:20-alpine
WORKDIR /app
COPY --from=build /app /app
CMD ["node", "server.js"]
