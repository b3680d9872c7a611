FROM node:20-slim
COPY . .
RUN npm ci && npm cache clean --force && exec node build.js
CMD ["node", "server.js"]
