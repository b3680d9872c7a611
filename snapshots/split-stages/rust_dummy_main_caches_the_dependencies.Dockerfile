FROM rust:1.82-bookworm AS build

WORKDIR /usr/src/beacon

# dependencies first
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && echo "fn main() {}" > src/main.rs
RUN cargo build --release
RUN rm -rf src target/release/deps/beacon*

# then the sources
COPY src ./src
RUN touch src/main.rs && cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /usr/src/beacon
COPY --from=build /usr/src/beacon/target/release/beacon /usr/src/beacon/target/release/beacon

ENV RUST_LOG=info
EXPOSE 7878
CMD ["./target/release/beacon"]
