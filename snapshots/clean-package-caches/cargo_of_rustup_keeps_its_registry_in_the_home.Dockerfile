FROM debian:bookworm
COPY . .
RUN . "$HOME/.cargo/env" && cargo build --release && rm -rf /root/.cargo/registry
CMD ["target/release/app"]
