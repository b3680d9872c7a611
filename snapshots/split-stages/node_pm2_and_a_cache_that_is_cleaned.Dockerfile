FROM node:20 AS build

WORKDIR /var/www
COPY package*.json ./
RUN npm ci --only=production

FROM node:20-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
RUN npm install --global pm2@5.4.0 \
  && npm cache clean --force
WORKDIR /var/www
COPY --from=build /var/www/node_modules /var/www/node_modules
COPY . .

# pm2 shows colours otherwise
ENV PM2_NO_INTERACTION=1 NO_COLOR=1
EXPOSE 3000
HEALTHCHECK CMD curl --fail http://localhost:3000/parcels/1 || exit 1
CMD ["pm2-runtime", "server.js", "-i", "2"]
