FROM rust:1.82-bookworm AS build

RUN apt-get update && apt-get install -y protobuf-compiler cmake && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /app
COPY --from=build /app/target/release/courier /app/target/release/courier
COPY --from=build /app/proto /app/proto

EXPOSE 50051
CMD ["./target/release/courier"]
