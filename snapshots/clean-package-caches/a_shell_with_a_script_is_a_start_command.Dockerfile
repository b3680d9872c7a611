FROM ubuntu:22.04
RUN apt-get update && apt-get install -y vim && rm -rf /var/lib/apt/lists/*
ENTRYPOINT ["/bin/bash", "/srv/start"]
