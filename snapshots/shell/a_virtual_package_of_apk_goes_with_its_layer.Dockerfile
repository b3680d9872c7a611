FROM alpine:3.19
RUN apk add --no-cache --virtual .build gcc musl-dev && \
    gcc --version > /versions && \
    apk del .build
CMD ["cat", "/versions"]
