FROM node:20
ONBUILD COPY package.json ./
ONBUILD RUN npm install && npm cache clean --force
CMD ["node", "app.js"]
