FROM golang:1.22
USER 1000
ENV HOME=/tmp
WORKDIR /src
COPY . .
RUN go build -o /tmp/app . && rm -rf ~/.cache/go-build
CMD ["/tmp/app"]
