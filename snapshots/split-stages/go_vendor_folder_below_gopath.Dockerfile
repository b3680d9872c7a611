from golang:1.22-bookworm as build
env GO111MODULE on
env GOFLAGS -mod=vendor
workdir /go/src/example.org/tally
add . .
run mkdir -p /go/src/example.org/tally/bin
run CGO_ENABLED=0 go build -o bin/tally ./cmd/tally

from gcr.io/distroless/static-debian12
workdir /go/src/example.org/tally
copy --from=build /go/src/example.org/tally/bin/tally /go/src/example.org/tally/bin/tally
copy --from=build /go/src/example.org/tally/migrations /go/src/example.org/tally/migrations
env MIGRATIONS file://migrations
expose 8181
cmd ["bin/tally"]
