FROM node:22-trixie-slim AS build
RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM registry.example/base/nodejs22:13
WORKDIR /app
ENV PATH=$PATH:/nodejs/bin
COPY --from=build /app /app
# run the compiled tool
ENTRYPOINT ["node", "dist/index.js"]
CMD ["--help"]
