FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
      make \
      git \
      vim \
      ca-certificates \
      openssh-client \
 && rm -rf /var/lib/apt/lists/*
CMD ["git"]
