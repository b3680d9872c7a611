FROM node:22-bookworm AS build
COPY . /srv
WORKDIR /srv
RUN npm ci --legacy-peer-deps --no-audit
RUN npm run build
RUN npm prune --omit=dev --legacy-peer-deps

FROM node:22-bookworm-slim
WORKDIR /srv
COPY --from=build /srv /srv
ENV NODE_ENV=production
ENV PORT=8080
EXPOSE 8080
CMD npm start
