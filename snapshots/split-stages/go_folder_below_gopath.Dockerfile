FROM golang:1.22-bookworm AS build
WORKDIR $GOPATH/src/server
COPY . $GOPATH/src/server
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o server .

FROM gcr.io/distroless/static-debian12
WORKDIR /go/src/server
COPY --from=build /go/src/server/server /go/src/server/server
EXPOSE 8080
CMD ["./server"]
