FROM debian:bookworm-slim
ADD a.py b.json unknown /srv/
COPY a.py b.json /srv/
