FROM alpine:3.19
RUN apk update && apk add jq && rm -rf /var/cache/apk/*
CMD ["jq"]
