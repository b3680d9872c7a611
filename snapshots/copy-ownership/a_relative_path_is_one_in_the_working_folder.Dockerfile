FROM debian:bookworm-slim
WORKDIR /srv/app
COPY --chown=1000:1000 ["start me.sh", "./"]
COPY --chown=1000:1000 a.py b.py ./
CMD ["start.sh"]
