FROM debian:bookworm
RUN apt-get update && apt-get install -y build-essential no-such-package && apt-get install -y --no-install-recommends cmake ca-certificates && rm -rf /var/lib/apt/lists/*
CMD ["/srv/deploy"]
