# syntax=docker/dockerfile:1
FROM debian:bookworm-slim
COPY --from=tools:1 --chown=1000:1000 --chmod=755 /x/start.sh /start.sh
CMD ["start.sh"]
