FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y libcurl4-gnutls-dev && \
    # apt removes the one above for this; named together, they cannot be installed.
    apt-get install -y libcurl4-openssl-dev
CMD ["curl-config", "--version"]
