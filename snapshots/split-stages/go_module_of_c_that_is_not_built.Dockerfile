FROM golang:1.22-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o server .

FROM gcr.io/distroless/static-debian12
WORKDIR /src
COPY --from=build /src/server /src/server
COPY --from=build /src/static /src/static
CMD ["./server"]
