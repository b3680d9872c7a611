FROM rust:1.82 AS build

WORKDIR /build
COPY . .
RUN cargo build --release \
    && strip target/release/notes \
    && mv target/release/notes /usr/local/bin/notes \
    && cargo clean

FROM gcr.io/distroless/cc-debian12
WORKDIR /build
COPY --from=build /usr/local/bin/notes /usr/local/bin/notes

WORKDIR /data
VOLUME /data
EXPOSE 8090
CMD ["notes"]
