# Nightly report, runs forever and wakes up at TZ midnight
FROM golang:1.23-alpine3.21 AS build

# make + git are for the build, tzdata for the schedule
RUN apk add --no-cache git make tzdata ca-certificates

ENV TZ=Europe/Lisbon
ENV GOPROXY=https://proxy.golang.org,direct

WORKDIR /go/src/example.org/nightly
COPY . .

RUN CGO_ENABLED=0 make build

FROM alpine:3.21
RUN apk add --no-cache tzdata ca-certificates
ENV TZ=Europe/Lisbon
WORKDIR /go/src/example.org/nightly
COPY --from=build /go/src/example.org/nightly/bin/nightly /go/src/example.org/nightly/bin/nightly

CMD ./bin/nightly --every $EVERY_HOURS
