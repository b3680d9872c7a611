FROM alpine:3.19
RUN apk add --no-cache -q jq
CMD ["jq"]
