FROM golang:1.22
COPY . .
RUN apt-get update && \
    apt-get install -y --no-install-recommends libpcap-dev && \
    go build -o /bin/app . && \
    rm -rf /var/lib/apt/lists/* /root/.cache/go-build /go/pkg/mod
CMD ["/bin/app"]
