FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*

FROM scratch
COPY --from=build / /
CMD ["jq"]
