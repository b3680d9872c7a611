# tag: rust:1-slim-bookworm
# also: rust:1-slim rust:slim rust:slim-bookworm
# set: rust
# context: rust_toolchain.sh
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
ENV RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo PATH=/usr/local/cargo/bin:$PATH
COPY usr /usr
RUN cargo --version && rustc --version
LABEL imgfix.standin="rust:1-slim-bookworm: the toolchain of the machine that made it, without documentation"
