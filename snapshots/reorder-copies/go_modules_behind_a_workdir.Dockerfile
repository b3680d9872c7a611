FROM golang:1.22
WORKDIR /go/src/x
COPY go.mod go.sum /go/src/x/
RUN go mod download
COPY . /go/src/x
RUN go install ./...
CMD ["x"]
