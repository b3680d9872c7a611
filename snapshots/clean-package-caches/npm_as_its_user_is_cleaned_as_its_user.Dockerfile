FROM node:20-slim
WORKDIR /home/node/app
USER node
COPY --chown=node:node . .
RUN npm ci && npm cache clean --force
CMD ["node", "server.js"]
