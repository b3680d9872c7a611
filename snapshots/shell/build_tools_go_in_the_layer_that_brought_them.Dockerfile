FROM debian:bookworm
RUN apt-get update && apt-get install -y gcc libc6-dev && \
    gcc --version > /versions && \
    apt-get purge -y --auto-remove gcc libc6-dev
CMD ["cat", "/versions"]
