FROM golang:1.22-bookworm AS build
RUN useradd --create-home app
COPY --chown=app:app . /app
WORKDIR /app
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/tides .

FROM debian:bookworm-slim
RUN useradd --create-home app
WORKDIR /app
RUN chown app:app /app
COPY --from=build /usr/local/bin/tides /usr/local/bin/tides
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
USER app
CMD ["tides"]
