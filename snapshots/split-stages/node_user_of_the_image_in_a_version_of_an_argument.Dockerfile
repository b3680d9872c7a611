ARG NODE_VERSION=20.12.2
FROM node:${NODE_VERSION} AS build
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm ci --omit=dev

FROM node:${NODE_VERSION}-slim
WORKDIR /usr/src/app
COPY --from=build /usr/src/app/node_modules /usr/src/app/node_modules
COPY . .
USER node
CMD ["node", "server.js"]
