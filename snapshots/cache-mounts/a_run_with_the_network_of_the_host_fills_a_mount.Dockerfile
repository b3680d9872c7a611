# syntax=docker/dockerfile:1
FROM golang:1.22 AS build
COPY . /src
WORKDIR /src
RUN --network=none test -e go.sum
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go mod download
RUN --network=host --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -o /app .
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
