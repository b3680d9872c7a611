FROM node:20-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm install
RUN npm prune --omit=dev

FROM node:20-alpine
WORKDIR /app
COPY --from=build /app /app
COPY . .
EXPOSE 5000
CMD ["npm", "start"]
