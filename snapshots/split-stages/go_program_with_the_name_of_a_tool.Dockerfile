FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o service .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/service /app/service
EXPOSE 8080
CMD ["./service"]
