FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && curl -fsSL https://example.org/x -o /x && apt-get purge -y curl && rm -rf /var/lib/apt/lists/*
CMD ["/x"]
