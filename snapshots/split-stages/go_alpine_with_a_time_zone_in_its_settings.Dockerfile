FROM golang:1.22-alpine3.20 AS build
ENV TZ=Europe/Berlin
RUN apk add --no-cache ffmpeg
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o tides .

FROM alpine:3.20
ENV TZ=Europe/Berlin
RUN apk add --no-cache tzdata ffmpeg
WORKDIR /app
COPY --from=build /app/tides /app/tides
CMD ["./tides"]
