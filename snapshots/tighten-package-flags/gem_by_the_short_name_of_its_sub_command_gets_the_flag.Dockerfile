FROM alpine:3.20
RUN apk add --no-cache ruby && gem i --no-document fpm -v 1.15.1
CMD ["fpm"]
