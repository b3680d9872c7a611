FROM rust:1.80
COPY . .
RUN set -eux; \
    cargo build --release; \
    mv target/release/app /usr/bin/app; \
    rm -rf target /usr/local/cargo/registry
CMD ["app"]
