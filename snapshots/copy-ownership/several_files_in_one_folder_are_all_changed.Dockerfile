# syntax=docker/dockerfile:1
FROM debian:bookworm-slim
COPY --chmod=755 a.sh b.sh \
    c.py \
    /usr/local/bin/
CMD ["start.sh"]
