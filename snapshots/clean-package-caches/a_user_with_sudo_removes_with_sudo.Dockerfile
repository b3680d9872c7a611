FROM debian:bookworm
USER app
RUN sudo apt-get update && sudo apt-get install -y --no-install-recommends curl && \
    sudo rm -rf /var/lib/apt/lists/*
CMD ["curl", "--version"]
