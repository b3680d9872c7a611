FROM golang:1.12
RUN go get github.com/example/tool && rm -rf /root/.cache/go-build /go/pkg/mod
CMD ["tool"]
