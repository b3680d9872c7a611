FROM rust:1.82-bookworm AS build
WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/tides /app/target/release/tides
COPY --from=build /app/Cargo.lock /app/Cargo.lock
COPY --from=build /app/Cargo.toml /app/Cargo.toml
COPY --from=build /app/kiel /app/kiel
COPY --from=build /app/src /app/src
CMD ["./target/release/tides"]
