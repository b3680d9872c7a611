FROM debian:bookworm
RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
COPY app /usr/local/lib/app
CMD ["/usr/local/lib/app"]
