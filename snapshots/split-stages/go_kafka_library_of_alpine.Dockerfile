FROM golang:1.22-alpine3.20 AS build
RUN apk add --no-progress --no-cache gcc musl-dev pkgconf librdkafka-dev bash
WORKDIR /go/src/feeder
COPY go.mod go.sum ./
RUN go mod download
COPY main.go ./
COPY run.bash /run.bash
RUN CGO_ENABLED=1 GOOS=linux go build -tags dynamic -ldflags '-w -s' -o feeder
RUN chmod +x /run.bash

FROM alpine:3.20
RUN apk add --no-cache librdkafka bash
WORKDIR /go/src/feeder
COPY --from=build /go/src/feeder/feeder /go/src/feeder/feeder
COPY --from=build /run.bash /run.bash
ENTRYPOINT ["/run.bash"]
