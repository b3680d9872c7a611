FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /srv
RUN sh -c "echo deb http://example.com/apt stable main > /etc/apt/sources.list.d/x.list"
CMD ["make"]
