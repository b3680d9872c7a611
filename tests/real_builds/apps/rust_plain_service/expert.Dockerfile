FROM rust:1-bookworm AS build
WORKDIR /usr/src/spans
# The dependencies, compiled for a program that does nothing yet.
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && echo 'fn main() {}' > src/main.rs && cargo build --release
COPY src src
# Cargo looks at times, and those of the context may be older than what was just compiled.
RUN touch src/main.rs && cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /usr/src/spans
COPY --from=build /usr/src/spans/target/release/spans target/release/
EXPOSE 8496
CMD ["./target/release/spans"]
