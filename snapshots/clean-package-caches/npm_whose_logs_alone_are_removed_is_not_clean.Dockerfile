FROM node:20-slim
COPY . .
RUN npm ci && npm cache clean --force && rm -rf /root/.npm/_logs
CMD ["node", "server.js"]
