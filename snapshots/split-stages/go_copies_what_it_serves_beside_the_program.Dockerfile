FROM golang:1.22-alpine AS build
RUN mkdir /src && mkdir -p /srv/tide
COPY . /src/
WORKDIR /src
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /srv/tide/server . && \
    cp -R static /srv/tide && \
    cd / && rm -rf /src

FROM gcr.io/distroless/static-debian12
COPY --from=build /srv/tide /srv/tide
WORKDIR /srv/tide
ENTRYPOINT ["/srv/tide/server"]
