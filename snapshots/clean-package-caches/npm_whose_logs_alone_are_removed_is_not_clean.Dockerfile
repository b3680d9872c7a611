FROM node:20-slim
COPY . .
RUN npm ci && npm cache verify && rm -rf /root/.npm/_logs && npm cache clean --force
CMD ["node", "server.js"]
