FROM golang:1.22 AS build
WORKDIR /app
COPY server/go.mod server/go.sum ./
RUN go mod download
COPY server/ .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o main .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app /app
CMD ["./main"]
