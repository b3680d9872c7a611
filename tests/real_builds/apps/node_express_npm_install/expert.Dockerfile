FROM node:20-slim AS deps
WORKDIR /usr/src/app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM gcr.io/distroless/nodejs20-debian12
WORKDIR /usr/src/app
COPY --from=deps /usr/src/app/node_modules ./node_modules
COPY package.json server.js ./
COPY public ./public
COPY routes ./routes
ENV PORT=3000
EXPOSE 3000
# The image's entry point is node itself.
CMD ["server.js"]
