FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y gcc libc6-dev
COPY tool.c .
RUN gcc tool.c -o /tool

FROM debian:bookworm-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends jq && \
    rm -rf /var/lib/apt/lists/*
COPY --from=0 /tool /tool
CMD ["/tool"]
