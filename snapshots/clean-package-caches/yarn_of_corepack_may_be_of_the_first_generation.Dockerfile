FROM node:20-slim
COPY package.json yarn.lock ./
RUN corepack yarn install --frozen-lockfile && rm -rf /usr/local/share/.cache/yarn
CMD ["node", "server.js"]
