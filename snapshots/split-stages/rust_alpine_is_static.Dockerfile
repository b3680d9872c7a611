FROM rust:1.82-alpine3.20 AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
RUN cargo build --release

FROM alpine:3.20
WORKDIR /src
COPY --from=build /src/target/release/spans /src/target/release/spans
ENTRYPOINT ["/src/target/release/spans"]
