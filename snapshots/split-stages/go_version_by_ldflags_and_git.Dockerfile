FROM golang:1.22-bookworm AS build
ARG CHANNEL=stable
WORKDIR /workspace/stamp
COPY . .
# the version is that of the last tag
RUN CGO_ENABLED=0 go build \
    # do not strip here, support wants symbols
    -ldflags "-X main.channel=${CHANNEL} -X main.version=$(git describe --tags --always 2>/dev/null || echo dev)" \
    -o /out/stamp .

FROM gcr.io/distroless/static-debian12
MAINTAINER Tools Team <tools@example.org>
WORKDIR /workspace/stamp
COPY --from=build /out/stamp /out/stamp
ENV PATH="/out:${PATH}"
ENTRYPOINT ["stamp"]
