FROM node:20-slim
COPY --chown=node:node . /app
WORKDIR /app
RUN gosu node npm ci && gosu node npm cache clean --force
CMD ["node", "server.js"]
