FROM golang:1.22-alpine3.20 AS build

RUN apk add --no-cache git

WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/pinger ./cmd/pinger

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /bin/pinger /bin/pinger

EXPOSE 9000
ENTRYPOINT ["/bin/pinger"]
