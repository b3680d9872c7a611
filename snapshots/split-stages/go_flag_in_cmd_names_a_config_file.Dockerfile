FROM golang:1.22-bookworm AS build

WORKDIR /build
COPY go.mod go.sum ./
RUN go mod download

COPY cmd cmd
COPY internal internal
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -v -o /usr/local/bin/relay ./cmd/relay

FROM gcr.io/distroless/static-debian12
WORKDIR /build
COPY --from=build /usr/local/bin/relay /usr/local/bin/relay

COPY deploy/relay.yaml /etc/relay/config.yaml

EXPOSE 7000/udp
ENTRYPOINT ["/usr/local/bin/relay"]
CMD ["-config", "/etc/relay/config.yaml"]
