FROM rust:1.82-bookworm AS build
WORKDIR /usr/src/spans
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /usr/src/spans
COPY --from=build /usr/src/spans/target/release/spans /usr/src/spans/target/release/spans
EXPOSE 8496
CMD ["./target/release/spans"]
