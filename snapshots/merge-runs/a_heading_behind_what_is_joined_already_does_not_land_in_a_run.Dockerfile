FROM debian:bookworm
RUN curl -fsSLO https://example.org/x.tar.gz
#COPY x /x
RUN apt-get update && \
    apt-get install -y vim && rm x.tar.gz
CMD ["x"]
