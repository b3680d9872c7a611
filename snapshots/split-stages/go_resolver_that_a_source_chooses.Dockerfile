FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN go build -o tides .

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /app/tides /app/tides
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
CMD ["./tides"]
