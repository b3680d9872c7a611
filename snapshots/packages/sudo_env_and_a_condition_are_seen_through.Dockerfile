FROM debian:bookworm
RUN sudo apt-get update && sudo -E apt-get install -y --no-install-recommends jq
RUN env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tree
RUN if ! apt-get install -y --no-install-recommends make; then exit 1; fi
CMD ["jq"]
