FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates openssh-client && rm -rf /var/lib/apt/lists/*
WORKDIR /srv
RUN apt-get update && apt-get install -y --no-install-recommends patch less && rm -rf /var/lib/apt/lists/*
CMD ["git"]
