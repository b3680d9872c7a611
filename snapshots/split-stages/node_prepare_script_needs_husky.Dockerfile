FROM node:22 AS build
ENV HUSKY=1
WORKDIR /app
COPY package.json package-lock.json ./
COPY .husky .husky
RUN npm ci
COPY . .
RUN npm run build && npm run lint
RUN npm prune --omit=dev

FROM node:22-slim
ENV HUSKY=1
WORKDIR /app
COPY --from=build /app /app
EXPOSE 3000
ENTRYPOINT ["node"]
CMD ["--enable-source-maps", "dist/index.js"]
