FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
COPY tool.c .
RUN gcc tool.c -o /usr/local/bin/tool
CMD ["tool"]
