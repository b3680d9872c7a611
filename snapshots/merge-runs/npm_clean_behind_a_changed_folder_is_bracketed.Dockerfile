FROM node:20-slim
COPY . .
RUN ( cd web && npm ci ) && \
    npm cache clean --force
CMD ["node", "server.js"]
