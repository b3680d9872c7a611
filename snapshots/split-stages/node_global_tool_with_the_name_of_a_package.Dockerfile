FROM node:20-alpine
WORKDIR /usr/src/app
RUN npm install -g sequelize-cli
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
CMD ["node", "server.js"]
