FROM golang:1.22-bookworm AS build
WORKDIR /app
COPY . .
RUN go mod download
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/server .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /usr/local/bin/server /usr/local/bin/server
ENTRYPOINT ["/usr/local/bin/server", "-v"]
CMD ["-help"]
