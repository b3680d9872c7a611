FROM node:20-slim
COPY . .
RUN npm ci && npm cache clean --force && rm -rf /usr/local/lib/node_modules/npm /usr/local/bin/npm
CMD ["node", "server.js"]
