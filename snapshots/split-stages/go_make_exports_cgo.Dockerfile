FROM golang:1.22-bookworm AS build
WORKDIR /src
COPY . .
RUN make

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /src/tally /src/tally
ENTRYPOINT ["/src/tally"]
