FROM golang:1.22-bookworm AS build
WORKDIR /app
RUN export GO111MODULE=on
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o tides .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/tides /app/tides
CMD ["./tides"]
