FROM rust:1.82-bookworm AS build
WORKDIR /usr/src/spans
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /usr/src/spans
COPY --from=build /usr/src/spans/target/release/spans /usr/src/spans/target/release/spans
EXPOSE 8496
CMD ["/usr/src/spans/target/release/spans"]
