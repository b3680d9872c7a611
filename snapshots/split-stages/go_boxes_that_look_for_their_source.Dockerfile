FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o tides .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/tides /app/tides
COPY --from=build /app/public /app/public
CMD ["./tides"]
