FROM debian:bookworm
RUN apt-get update && \
    apt-get install -y make && \
    apt-get install -y make- bmake
CMD ["bmake"]
