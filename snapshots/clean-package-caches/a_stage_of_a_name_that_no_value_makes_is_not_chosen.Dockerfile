ARG V=a
FROM debian:bookworm AS base-a
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*

FROM debian:bookworm AS other
RUN apt-get update && apt-get install -y --no-install-recommends gcc

FROM base-${V}
RUN apt-get update && apt-get install -y --no-install-recommends vim && rm -rf /var/lib/apt/lists/*
COPY --from=other /usr/bin/gcc /usr/bin/
CMD ["vim"]
