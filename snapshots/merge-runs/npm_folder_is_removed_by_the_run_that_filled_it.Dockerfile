FROM node:20-slim
COPY . .
RUN npm ci && \
    rm -rf ~/.npm
CMD ["node", "server.js"]
