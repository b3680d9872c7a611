FROM rust:1.82-bookworm AS build
RUN apt-get update && apt-get install -y pkg-config libssl-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/prober
COPY . .
RUN cargo build --release && cp target/release/prober /usr/local/bin/prober

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl libssl3 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/prober
COPY --from=build /usr/local/bin/prober /usr/local/bin/prober
# nobody needs root here
RUN useradd -u 1234 -m prober
USER prober
EXPOSE 9115
HEALTHCHECK CMD curl -fs http://localhost:9115/ || exit 1
CMD prober --listen 0.0.0.0:9115
