FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY index.html vite.config.js ./
COPY public ./public
COPY src ./src
RUN npm run build

FROM node:20-slim
RUN npm install -g serve@14.2.4 && npm cache clean --force
WORKDIR /app
COPY --from=build /app/dist ./dist
EXPOSE 5000
CMD serve -s dist -l 5000
