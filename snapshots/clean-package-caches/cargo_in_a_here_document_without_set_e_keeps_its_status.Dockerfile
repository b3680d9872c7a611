FROM rust:1.80
COPY . .
RUN <<EOF
cargo build --release
cp target/release/app /bin/app && rm -rf /usr/local/cargo/registry
EOF
CMD ["/bin/app"]
