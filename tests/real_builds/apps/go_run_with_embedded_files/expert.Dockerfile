FROM golang:1.22 AS build
WORKDIR /usr/src/app
COPY . .
RUN go test ./...
RUN CGO_ENABLED=0 go build -o /morse .

FROM gcr.io/distroless/static-debian12
WORKDIR /usr/src/app
COPY --from=build /morse /usr/local/bin/
ENTRYPOINT ["/usr/local/bin/morse"]
CMD ["-help"]
