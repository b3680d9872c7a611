FROM golang:1.22 AS build

ARG VERSION=1.0
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 make build VERSION=${VERSION}

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /src/bin/tally /src/bin/tally

CMD ["./bin/tally"]
