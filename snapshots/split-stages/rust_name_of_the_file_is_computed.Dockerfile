FROM rust:1.82-bookworm AS build
WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/app /app/target/release/app
COPY --from=build /app/en.ftl /app/en.ftl
COPY --from=build /app/pt.ftl /app/pt.ftl
EXPOSE 8080
CMD ["./target/release/app"]
