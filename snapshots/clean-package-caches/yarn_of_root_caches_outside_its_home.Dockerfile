FROM node:20-slim
WORKDIR /app
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile --production && rm -rf /usr/local/share/.cache/yarn
CMD ["node", "server.js"]
