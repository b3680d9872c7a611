FROM debian:bookworm-slim
COPY ["start here.sh", "/usr/local/bin/"]
ADD ["app.tar", "/srv/"]
