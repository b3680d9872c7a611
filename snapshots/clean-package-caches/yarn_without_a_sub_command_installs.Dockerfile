FROM node:20-slim
COPY package.json yarn.lock ./
RUN yarn && rm -rf /usr/local/share/.cache/yarn
CMD ["node", "server.js"]
