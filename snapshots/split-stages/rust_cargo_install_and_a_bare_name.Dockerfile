FROM rust:1.82-slim-bookworm AS build
WORKDIR /usr/src/spans
COPY . .
RUN cargo install --locked --path .

FROM gcr.io/distroless/cc-debian12
WORKDIR /usr/src/spans
ENV PATH=/usr/local/cargo/bin:$PATH
COPY --from=build /usr/local/cargo/bin/spans /usr/local/cargo/bin/spans
CMD ["spans"]
