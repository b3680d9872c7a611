FROM node:20-slim
COPY . .
RUN npm cache clean --force && npm ci && npm cache clean --force
CMD ["node", "server.js"]
