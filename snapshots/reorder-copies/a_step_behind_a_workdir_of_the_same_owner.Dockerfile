FROM node:20-slim
WORKDIR /srv/app
COPY package.json package-lock.json /srv/app/
RUN npm ci
COPY . /srv/app
RUN npm run build
