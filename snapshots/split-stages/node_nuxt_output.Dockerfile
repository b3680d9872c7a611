FROM node:20 AS build
ARG NUXT_PUBLIC_API=https://api.example.org
ENV NUXT_PUBLIC_API=$NUXT_PUBLIC_API
RUN mkdir -p /usr/src/nuxt
WORKDIR /usr/src/nuxt
COPY . /usr/src/nuxt/
RUN npm ci && npm cache clean --force
RUN npm run build

FROM node:20-slim
ARG NUXT_PUBLIC_API=https://api.example.org
ENV NUXT_PUBLIC_API=$NUXT_PUBLIC_API
WORKDIR /usr/src/nuxt
COPY --from=build /usr/src/nuxt/.output /usr/src/nuxt/.output
ENV NUXT_HOST=0.0.0.0
ENV NUXT_PORT=3000
EXPOSE 3000
ENTRYPOINT ["node", ".output/server/index.mjs"]
