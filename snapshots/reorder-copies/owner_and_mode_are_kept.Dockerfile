FROM node:20-slim
WORKDIR /home/node/app
USER node
COPY --chown=node:node --chmod=750 package.json package-lock.json ./
RUN npm ci
COPY --chown=node:node --chmod=750 . .
CMD ["node", "src/index.js"]
