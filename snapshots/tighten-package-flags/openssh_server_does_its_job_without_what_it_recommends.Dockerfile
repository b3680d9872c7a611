FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends openssh-server && rm -rf /var/lib/apt/lists/*
CMD ["sshd", "-D"]
