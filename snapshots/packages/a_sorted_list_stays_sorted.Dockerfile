FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends \
	ca-certificates \
	curl \
	git \
	jq \
	openssh-client \
	&& rm -rf /var/lib/apt/lists/*
CMD ["git"]
