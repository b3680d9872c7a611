FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends git && apt-get purge -y git
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates openssh-client && rm -rf /var/lib/apt/lists/*
CMD ["/srv/deploy"]
