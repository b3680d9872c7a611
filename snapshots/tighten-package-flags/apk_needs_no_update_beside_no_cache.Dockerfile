FROM alpine:3.19
RUN apk add --no-cache git && apk add --no-cache jq && apk add -q --no-cache tree
CMD ["git"]
