FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends aptitude && aptitude install -y vim && \
    rm -rf /var/lib/apt/lists/*
CMD ["vim"]
