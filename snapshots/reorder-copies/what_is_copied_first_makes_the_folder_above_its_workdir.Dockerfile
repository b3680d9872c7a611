FROM node:20-slim

COPY --chown=node package.json package-lock.json /srv/app/

WORKDIR /srv/app
RUN npm ci

# the shop
COPY --chown=node . /srv/app

RUN npm run build
