FROM golang:1.22 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o main .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/main /app/main
CMD ["./main"]
