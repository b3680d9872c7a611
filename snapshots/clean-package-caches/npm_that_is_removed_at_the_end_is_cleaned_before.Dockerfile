FROM alpine:3.20
COPY . .
RUN apk add --no-cache --virtual .build nodejs npm && \
    npm ci && \
    npm run build && \
    npm cache clean --force && \
    apk del .build
CMD ["/usr/bin/caddy"]
