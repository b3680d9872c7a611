FROM node:18-bullseye AS build
WORKDIR /app
COPY ["package.json", "package-lock.json", "./"]
RUN npm install
COPY . .
RUN npm run build --if-present
RUN npm test
RUN npm prune --omit=dev

FROM node:18-bullseye-slim
MAINTAINER menu@example.org
WORKDIR /app
COPY --from=build /app /app
ENV NODE_ENV=production MENU_LANG=pt
EXPOSE 3000
HEALTHCHECK --interval=30s CMD node scripts/health.js
CMD npm start
