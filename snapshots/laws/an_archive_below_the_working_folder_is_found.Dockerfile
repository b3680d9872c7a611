FROM debian:bookworm
WORKDIR /tmp
RUN curl -O https://example.org/x.tgz \
 && tar xf x.tgz \
 # remove it
 && rm x.tgz \
 && ls
CMD ["ls"]
