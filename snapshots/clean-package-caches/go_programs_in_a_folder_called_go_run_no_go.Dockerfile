FROM golang:1.22
RUN go install github.com/example/tool@latest && rm -rf /root/.cache/go-build /go/pkg/mod
CMD ["/go/bin/tool"]
