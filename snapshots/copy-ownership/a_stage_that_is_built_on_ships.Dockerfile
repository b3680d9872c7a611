FROM debian:bookworm-slim AS base
COPY --chown=1000:1000 start.sh /
FROM base
CMD ["start.sh"]
