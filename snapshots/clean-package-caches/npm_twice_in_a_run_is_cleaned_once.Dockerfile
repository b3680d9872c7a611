FROM node:20-slim
COPY . .
RUN npm i -g npm@10 && npm ci && \
    npm i -g pm2 && \
    npm cache clean --force
CMD ["pm2-runtime", "server.js"]
