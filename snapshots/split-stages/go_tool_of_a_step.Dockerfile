FROM golang:1.22-bookworm AS build
WORKDIR /app
RUN go install golang.org/x/tools/cmd/stringer@v0.22.0 && go install github.com/air-verse/air@v1.52.2
COPY . .
RUN go generate && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o tides .

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/tides /app/tides
CMD ["./tides"]
