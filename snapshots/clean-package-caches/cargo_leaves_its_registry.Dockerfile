FROM rust:1.80
WORKDIR /src
COPY . .
RUN cargo install --path . --locked && rm -rf /usr/local/cargo/registry
CMD ["app"]
