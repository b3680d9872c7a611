FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc-aarch64-linux-gnu libc6-dev-arm64-cross
RUN aarch64-linux-gnu-gcc --version
