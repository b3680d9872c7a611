FROM alpine:3.19
RUN apk upgrade --no-cache && \
    apk --no-cache add php82
CMD ["php82"]
