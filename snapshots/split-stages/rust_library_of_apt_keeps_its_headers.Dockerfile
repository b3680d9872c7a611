FROM rust:1.82-bookworm AS build
RUN apt-get update && apt-get install -y libusb-1.0-0-dev
WORKDIR /app
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y libusb-1.0-0-dev
WORKDIR /app
COPY --from=build /app/target/release/app /app/target/release/app
EXPOSE 8080
CMD ["./target/release/app"]
