FROM debian:bookworm
RUN set -eux; \
	apt-get update; \
	apt-get upgrade -y; \
	apt-get install -y curl; \
	rm -rf /var/lib/apt/lists/*
CMD ["curl", "--version"]
