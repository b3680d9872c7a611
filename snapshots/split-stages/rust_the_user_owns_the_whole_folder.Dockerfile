FROM rust:1.82-bookworm AS build
RUN useradd -m app
WORKDIR /app
COPY --chown=app:app . .
RUN cargo build --release && chown -R app:app /app

FROM debian:bookworm-slim
RUN useradd -m app
WORKDIR /app
RUN mkdir -p /app/target/release && chown -R app:app /app
COPY --from=build --chown=app:app /app/target/release/app /app/target/release/app
USER app
CMD ["./target/release/app"]
