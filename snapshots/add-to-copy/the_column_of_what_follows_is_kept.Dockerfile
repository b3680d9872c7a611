FROM debian:bookworm-slim
WORKDIR    /app
COPY       entrypoint.sh /app/
COPY --chmod=755  run.sh /app/
CMD        ["/app/entrypoint.sh"]
