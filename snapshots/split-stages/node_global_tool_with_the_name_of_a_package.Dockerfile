FROM node:20-alpine AS build
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm ci
RUN npm prune --omit=dev

FROM node:20-alpine
WORKDIR /usr/src/app
RUN npm install -g sequelize-cli
COPY --from=build /usr/src/app/node_modules /usr/src/app/node_modules
COPY . .
CMD ["node", "server.js"]
