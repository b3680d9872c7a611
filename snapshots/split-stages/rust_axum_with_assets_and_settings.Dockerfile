FROM rust:1.82-bookworm AS build
WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/menu /app/target/release/menu
COPY --from=build /app/Cargo.lock /app/Cargo.lock
COPY --from=build /app/Cargo.toml /app/Cargo.toml
COPY --from=build /app/assets /app/assets
COPY --from=build /app/configuration /app/configuration
COPY --from=build /app/src /app/src
COPY --from=build /app/templates /app/templates
ENV APP_ENVIRONMENT=production
EXPOSE 8080
ENTRYPOINT ["./target/release/menu"]
