FROM alpine:3.19
RUN echo https://example.org/alpine >> /etc/apk/repositories && apk add --no-cache jq
CMD ["jq"]
