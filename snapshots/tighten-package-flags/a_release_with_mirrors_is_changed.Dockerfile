FROM ubuntu:noble
RUN apt-get update && apt-get install -y --no-install-recommends jq
CMD ["jq"]
