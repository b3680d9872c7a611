FROM rust:1-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmagic-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /code
COPY Cargo.toml Cargo.lock ./
COPY magic magic
COPY src src
RUN cargo install --path .

FROM debian:bookworm-slim
# The library brings the descriptions of all kinds along, which it reads at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmagic1 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /code
COPY --from=build /usr/local/cargo/bin/kinds /usr/local/bin/
COPY samples samples
ENV SAMPLES=/code/samples
CMD ["kinds", "photo.png", "notes.txt"]
