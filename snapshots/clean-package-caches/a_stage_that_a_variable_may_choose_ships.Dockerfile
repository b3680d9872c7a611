ARG V=a
FROM debian:bookworm AS base-a
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*

FROM debian:bookworm AS base-b
RUN apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/*

FROM base-${V}
CMD ["vim"]
