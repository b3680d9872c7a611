FROM node:20
COPY package*.json ./
RUN npm ci && \
    npm cache clean --force && \
    npx puppeteer browsers install chrome
CMD ["node", "shoot.js"]
