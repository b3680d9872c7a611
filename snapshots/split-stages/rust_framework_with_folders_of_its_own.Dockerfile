FROM rust:1.82-bookworm AS build
WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/tides /app/target/release/tides
COPY --from=build /app/assets /app/assets
COPY --from=build /app/config /app/config
CMD ["./target/release/tides"]
