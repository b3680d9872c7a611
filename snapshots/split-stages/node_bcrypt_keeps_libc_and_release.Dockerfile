FROM node:20-bookworm AS build
WORKDIR /home/node/app
COPY --chown=node:node package*.json ./
RUN npm ci --omit=dev

FROM node:20-bookworm-slim
WORKDIR /home/node/app
COPY --from=build /home/node/app/node_modules /home/node/app/node_modules
COPY --chown=node:node . .
USER node
ENV NODE_ENV=production
EXPOSE 4000
CMD ["node", "index.js"]
