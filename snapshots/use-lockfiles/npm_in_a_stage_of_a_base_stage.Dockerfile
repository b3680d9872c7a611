ARG NODE=22
FROM node:${NODE}-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS build
RUN <<EOF
set -e
npm ci
EOF

FROM base
COPY --from=build /app/node_modules node_modules
COPY server.js .
