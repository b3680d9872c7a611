# syntax=docker/dockerfile:1
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
ARG IMGFIX_COMMIT
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist --package imgfix && \
    cp target/dist/imgfix /imgfix

# docker run --rm -v "$PWD:/work" imgfix
FROM scratch
COPY --from=build /imgfix /usr/local/bin/imgfix
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/imgfix"]
