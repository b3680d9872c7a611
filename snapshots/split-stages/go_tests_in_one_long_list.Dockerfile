FROM golang:1.22-bookworm AS build

ENV CGO_ENABLED=0
ENV STATE=/data/state.json

COPY . /code/bells/
WORKDIR /code/bells
RUN	go mod download \
	&& go vet ./... \
	&& go test -count=1 ./... \
	&& go build -ldflags='-w' -o bin/bells ./cmd/bells \
	&& rm -rf /root/.cache/go-build

FROM gcr.io/distroless/static-debian12
LABEL maintainer="bells@example.org"
LABEL tier=backend
ENV STATE=/data/state.json
WORKDIR /code/bells
COPY --from=build /code/bells/bin/bells /code/bells/bin/bells

LABEL revision=7
VOLUME ["/data"]
EXPOSE 6000 6001
USER 1000:1000
ENTRYPOINT ["/code/bells/bin/bells"]
