FROM alpine:3.20
RUN apk add --no-cache --virtual=deps     \
        gcc                               \
        musl-dev                          \
    && echo done
CMD ["sh"]
