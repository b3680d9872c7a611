FROM debian:bookworm-slim
RUN  apt-get update && \
    # what the editor needs
    apt-get install -y --no-install-recommends vim
RUN vim --version
CMD ["vim"]
