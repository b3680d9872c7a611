FROM golang:1.21 AS build
WORKDIR /app
COPY . .
RUN go build -o server .

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /app/server /app/server
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /etc/services /etc/services
CMD ["./server"]
ENV GODEBUG=netdns=cgo
# see the page of package net
