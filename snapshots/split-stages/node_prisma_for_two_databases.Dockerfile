FROM node:22-bookworm AS build
COPY . /srv
WORKDIR /srv
RUN npm ci
RUN npm run build

FROM node:22-bookworm-slim
WORKDIR /srv
COPY --from=build /srv /srv
ENV NODE_ENV=production
ENV PORT=8080
EXPOSE 8080
CMD npm start
