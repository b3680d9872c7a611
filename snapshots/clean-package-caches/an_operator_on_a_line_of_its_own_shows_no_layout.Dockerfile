FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
        sudo \
        make \
        && \
    useradd app && \
    make --version && \
    rm -rf /var/lib/apt/lists/*
CMD ["make"]
