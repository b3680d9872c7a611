FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/tides . && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/import-tides ./cmd/import

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /usr/local/bin/tides /usr/local/bin/tides
COPY --from=build /usr/local/bin/import-tides /usr/local/bin/import-tides
CMD ["tides"]
