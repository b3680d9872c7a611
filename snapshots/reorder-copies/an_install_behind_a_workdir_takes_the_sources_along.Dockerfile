FROM node:20-slim

WORKDIR /app
COPY package.json package-lock.json /app/
RUN npm ci

# sources
COPY . /app

# build it
RUN npm run build
CMD ["node", "dist/index.js"]
