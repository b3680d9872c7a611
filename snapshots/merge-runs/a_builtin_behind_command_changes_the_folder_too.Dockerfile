FROM debian:bookworm
RUN ( apt-get update && command cd /opt && touch a ) && \
    apt-get install -y make && touch b
CMD ["app"]
