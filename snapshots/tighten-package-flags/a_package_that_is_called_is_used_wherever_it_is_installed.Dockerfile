FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates openssh-client patch && rm -rf /var/lib/apt/lists/*
WORKDIR /srv
RUN patch -p1 < x.diff
CMD ["git"]
