FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends xvfb xauth && rm -rf /var/lib/apt/lists/*
CMD ["xvfb-run", "/app/test"]
