FROM node:20 AS build
WORKDIR /usr/src/app
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile --ignore-engines
COPY . .
RUN yarn build
RUN yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile --ignore-engines

FROM node:20-slim
WORKDIR /usr/src/app
COPY --from=build /usr/src/app /usr/src/app
EXPOSE 3000
CMD ["yarn", "start:prod"]
