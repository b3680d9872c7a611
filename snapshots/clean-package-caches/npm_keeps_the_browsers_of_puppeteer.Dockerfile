FROM node:20
COPY package*.json ./
RUN npm ci && \
    npx puppeteer browsers install chrome && \
    npm cache clean --force
CMD ["node", "shoot.js"]
