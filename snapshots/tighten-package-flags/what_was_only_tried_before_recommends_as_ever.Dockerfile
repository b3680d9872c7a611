FROM debian:bookworm
RUN apt-get update; apt-get install -y --no-install-recommends sshpass openssh-client || true
RUN apt-get update && apt-get install -y --no-install-recommends sshpass openssh-client && rm -rf /var/lib/apt/lists/*
CMD ["/srv/deploy"]
