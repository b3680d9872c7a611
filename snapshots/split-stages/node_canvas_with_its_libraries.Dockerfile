FROM node:20-bookworm-slim AS build
ENV LANG=C.UTF-8
# canvas: see its installation page
RUN apt-get update -qq && \
    apt-get install -qq -y --no-install-recommends \
      build-essential python3 pkg-config \
      libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev \
      fonts-liberation && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /badge
COPY package.json package-lock.json ./
RUN npm ci --build-from-source --omit=dev

FROM node:20-bookworm-slim
ENV LANG=C.UTF-8
RUN apt-get update && apt-get install -y --no-install-recommends libcairo2 libpangocairo-1.0-0 libjpeg62-turbo libgif7 librsvg2-2 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /badge
COPY --from=build /badge/node_modules /badge/node_modules
COPY . .
EXPOSE 3000
USER node
CMD ["node", "badge.mjs"]
