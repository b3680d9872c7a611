FROM alpine:3.20
RUN apk add --no-cache bash run-parts   \
    curl                                  \
    && mv /a /b                         \
    && ln -s /b /c
CMD ["sh"]
