FROM node:20 AS build
WORKDIR /srv
WORKDIR orders
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-slim
WORKDIR /srv
WORKDIR orders
COPY --from=build /srv/orders /srv/orders
# local time in the logs
ENV TZ=Europe/Madrid TS_NODE_BASEURL=./dist
RUN ln -snf /usr/share/zoneinfo/$TZ /etc/localtime && echo $TZ > /etc/timezone
EXPOSE 3000
CMD ["node", "-r", "tsconfig-paths/register", "dist/main.js"]
