FROM debian:bookworm
WORKDIR /srv/app
RUN curl -o /tmp/a.tgz https://example.org/a.tgz && rm -rf /srv/app/old && tar -xzf /tmp/a.tgz && \
    rm /tmp/a.tgz
CMD ["app"]
