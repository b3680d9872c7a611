FROM debian:bookworm
RUN apt-get update && apt-get install -y jq && \
    apt-get install -y --no-install-recommends curl
CMD ["jq"]
