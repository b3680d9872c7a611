FROM node:20-slim
ONBUILD COPY package.json .
ONBUILD RUN npm install && npm cache clean --force
CMD ["node", "server.js"]
