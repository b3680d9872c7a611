FROM golang:1.22
COPY . .
RUN go build -o /bin/app . && \
    go clean -cache -modcache
CMD ["/bin/app"]
