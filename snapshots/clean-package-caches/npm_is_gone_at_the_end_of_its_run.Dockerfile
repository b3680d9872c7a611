FROM alpine:3.20
RUN apk add --no-cache nodejs npm \
 && npm ci \
 && npm cache clean --force \
 && apk del npm
CMD ["node", "app.js"]
