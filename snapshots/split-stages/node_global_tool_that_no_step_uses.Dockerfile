FROM node:20-alpine AS build
WORKDIR /server
COPY package*.json ./
RUN npm install
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-alpine
WORKDIR /server
RUN npm install -g sequelize-cli
COPY --from=build /server /server
CMD ["node", "dist/index.js"]
