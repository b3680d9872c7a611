FROM golang:1.22
COPY . .
RUN set -eux; \
    go build -o /bin/app .; \
    rm -rf /root/.cache/go-build /go/pkg/mod
ENTRYPOINT ["/bin/app"]
