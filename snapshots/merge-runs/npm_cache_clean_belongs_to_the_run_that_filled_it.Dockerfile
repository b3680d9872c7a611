FROM node:20-slim
COPY package*.json ./
RUN npm ci && \
    npm cache clean --force
CMD ["node", "server.js"]
