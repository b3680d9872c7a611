FROM rust:1.80 AS base
RUN cargo install cargo-chef

FROM base
COPY . .
RUN cargo build --release && rm -rf /usr/local/cargo/registry
CMD ["target/release/app"]
