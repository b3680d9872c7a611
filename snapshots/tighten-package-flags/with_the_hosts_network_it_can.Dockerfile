FROM alpine:3.19
RUN --network=host apk add --no-cache jq
CMD ["jq"]
