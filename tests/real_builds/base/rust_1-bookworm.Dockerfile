# tag: rust:1-bookworm
# also: rust:1 rust:latest rust:bookworm
# set: rust
# context: rust_toolchain.sh
FROM buildpack-deps:bookworm
ENV RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo PATH=/usr/local/cargo/bin:$PATH
COPY usr /usr
RUN cargo --version && rustc --version
LABEL imgfix.standin="rust:1-bookworm: the toolchain of the machine that made it, without documentation"
