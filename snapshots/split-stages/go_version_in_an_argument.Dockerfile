# escape=\
ARG GO_VERSION=1.22
FROM golang:${GO_VERSION}-bookworm AS build

ARG GO_VERSION
ARG COMMIT=unknown

ENV APP_HOME=/opt/gauge
RUN mkdir -p $APP_HOME
WORKDIR $APP_HOME
ADD . $APP_HOME
RUN echo "built with $GO_VERSION" && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o gauge

FROM gcr.io/distroless/static-debian12
ARG COMMIT=unknown
LABEL org.opencontainers.image.revision=$COMMIT
ENV APP_HOME=/opt/gauge
WORKDIR $APP_HOME
COPY --from=build /opt/gauge/gauge /opt/gauge/gauge
EXPOSE 8080
USER nobody
ENTRYPOINT ["/opt/gauge/gauge"]
