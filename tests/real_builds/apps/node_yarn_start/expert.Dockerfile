FROM node:20-slim AS deps
WORKDIR /srv/board
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile --production

FROM node:20-slim AS build
WORKDIR /srv/board
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile
COPY webpack.config.js ./
COPY client ./client
COPY src ./src
COPY test ./test
RUN yarn build && yarn test

FROM node:20-slim
LABEL maintainer="boards@example.org"
ENV APP_HOME /srv/board
WORKDIR $APP_HOME
COPY --from=deps /srv/board/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY --from=build /srv/board/public ./public
ENV NODE_ENV production
EXPOSE 8080
CMD npm start
