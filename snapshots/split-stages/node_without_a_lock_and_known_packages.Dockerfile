FROM node:20 AS build
WORKDIR /app
COPY package.json .
RUN npm install

FROM node:20-slim
WORKDIR /app
COPY package.json .
COPY --from=build /app/node_modules /app/node_modules
COPY server.js .
CMD ["node", "server.js"]
