FROM rust:1.80
WORKDIR /src
COPY . .
RUN cargo build --release && rm -rf /usr/local/cargo/registry
CMD ["/src/target/release/app"]
