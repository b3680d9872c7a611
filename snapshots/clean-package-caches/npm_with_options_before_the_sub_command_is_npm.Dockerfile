FROM node:20-slim
COPY . /srv
RUN npm --prefix /srv --loglevel warn i && npm cache clean --force
CMD ["node", "/srv/server.js"]
