FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o notes .

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /app/notes /app/notes
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
EXPOSE 8000
CMD ["./notes"]
