FROM golang:1.20-alpine3.17
RUN mkdir /app
WORKDIR /app
COPY go.mod go.sum /app/
RUN go mod download
COPY . /app
RUN go build -o main ./cmd
CMD /app/main
