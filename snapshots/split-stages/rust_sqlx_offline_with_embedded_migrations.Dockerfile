FROM rust:1.82-slim-bookworm AS build
WORKDIR /app
ENV SQLX_OFFLINE=true
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
ENV SQLX_OFFLINE=true
COPY --from=build /app/target/release/books /app/target/release/books
COPY --from=build /app/migrations /app/migrations
ENV DATABASE_URL=postgres://books@db/books
EXPOSE 3000
CMD ["/app/target/release/books"]
