FROM golang:1.22-bookworm AS build
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends \
        # thumbnails
        ffmpeg \
        # private modules
        git \
    && rm -rf /var/lib/apt/lists/*

RUN git config --global url."https://git.example.org/".insteadOf "ssh://git@git.example.org/"
WORKDIR /srv
COPY go.* ./
RUN go mod download
COPY *.go ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o thumbs

FROM debian:bookworm-slim
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates ffmpeg \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv
COPY --from=build /srv/thumbs /srv/thumbs
ENTRYPOINT [ "./thumbs" ]
CMD [ "-width", "320" ]
