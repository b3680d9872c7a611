FROM node:20-slim
COPY . .
RUN yarn install && \
    yarn build && yarn cache clean
CMD ["node", "server.js"]
