FROM alpine:3.19
RUN apk add --no-cache iperf3
CMD ["iperf3"]
