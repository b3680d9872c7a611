FROM debian:bookworm AS base
RUN apt-get update && apt-get install -y --no-install-recommends jq

FROM base
CMD ["jq"]
