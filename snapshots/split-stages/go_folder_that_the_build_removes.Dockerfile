FROM golang:1.22 AS build
WORKDIR /srv/board
COPY . .
RUN go mod download
RUN rm -rf static && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o board

FROM gcr.io/distroless/static-debian12
WORKDIR /srv/board
COPY --from=build /srv/board/board /srv/board/board
COPY --from=build /srv/board/data /srv/board/data
COPY --from=build /srv/board/templates /srv/board/templates
ENV PORT=8080
EXPOSE 8080
CMD ["/srv/board/board"]
