FROM node:20-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /home/node/app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev \
 && rm -rf node_modules/bcrypt/build/Release/obj.target

FROM node:20-slim
WORKDIR /home/node/app
RUN chown node:node /home/node/app
COPY --from=build --chown=node:node /home/node/app/node_modules ./node_modules
COPY --chown=node:node package.json healthcheck.js index.js ./
USER node
ENV NODE_ENV=production \
    ROUNDS=8
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=3s \
  CMD node healthcheck.js
CMD ["node", "index.js"]
