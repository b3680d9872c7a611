FROM rust:1.82-bookworm AS build
WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/app /app/target/release/app
COPY --from=build /app/Cargo.toml /app/Cargo.toml
EXPOSE 8080
CMD ["./target/release/app"]
