FROM alpine:3.19
RUN apk update || true
RUN apk add --no-cache jq
CMD ["jq"]
