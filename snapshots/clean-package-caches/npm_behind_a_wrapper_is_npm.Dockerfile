FROM node:20-slim
COPY . .
RUN NODE_ENV=production timeout 600 npm ci && npm cache clean --force
CMD ["node", "server.js"]
