FROM golang:1.24-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/almanac .

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /usr/local/bin/almanac /usr/local/bin/almanac
COPY --from=build /src/data /src/data
COPY --from=build /src/templates /src/templates
ENTRYPOINT ["/usr/local/bin/almanac"]
CMD ["--month", "5"]
