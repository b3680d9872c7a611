FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o server .
RUN useradd -m app
RUN chown -R app:app /app

FROM debian:bookworm-slim
WORKDIR /app
RUN useradd -m app
RUN chown app:app /app
COPY --from=build --chown=app:app /app/server /app/server
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
USER app
CMD ["./server"]
