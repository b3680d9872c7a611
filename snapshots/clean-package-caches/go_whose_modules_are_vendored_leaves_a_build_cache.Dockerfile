FROM golang:1.22
COPY . .
RUN go build -mod=vendor -o /bin/app . && rm -rf /root/.cache/go-build
CMD ["/bin/app"]
