FROM golang:1.22-bookworm AS build

RUN apt-get update
RUN apt-get install -y libpcap-dev \
	tcpdump
RUN rm -rf /var/lib/apt/lists/*

WORKDIR /usr/src/listen
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY . .
RUN CGO_ENABLED=1 go build -v -o /usr/local/bin/listen ./...

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y ca-certificates libpcap0.8 tcpdump \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /usr/src/listen
COPY --from=build /usr/local/bin/listen /usr/local/bin/listen

STOPSIGNAL SIGINT
CMD ["listen", "-i", "any"]
