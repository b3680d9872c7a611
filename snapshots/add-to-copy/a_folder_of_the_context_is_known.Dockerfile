FROM debian:bookworm-slim
COPY src /srv/src
COPY ./tool /usr/local/bin/tool
