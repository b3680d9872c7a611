FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o tides .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/tides /app/tides
COPY --from=build /app/conf /app/conf
COPY --from=build /app/static /app/static
CMD ["./tides"]
