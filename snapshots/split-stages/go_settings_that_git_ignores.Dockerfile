FROM golang:1.22.6-alpine AS build
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=linux go build -trimpath -ldflags="-s -w" -o bot .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app /app
CMD ["./bot"]
