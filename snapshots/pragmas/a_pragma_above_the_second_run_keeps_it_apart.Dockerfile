FROM debian:bookworm
RUN apt-get update
# imgfix: ignore[merge-runs]
RUN apt-get install -y --no-install-recommends jq
CMD ["jq"]
