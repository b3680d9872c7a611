FROM debian:bookworm
COPY <<-EOF /etc/app.conf
	[app]
	# no comment of the Dockerfile
		deep = 1
EOF
RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/*
CMD ["jq"]
