FROM golang:1.22
WORKDIR /src
COPY . .
RUN go build -o /bin/app . && rm -rf /root/.cache/go-build /go/pkg/mod
CMD ["/bin/app"]
