FROM debian:bookworm
RUN set -eux; \
    wget https://example.org/site.zip; \
    unzip site.zip; \
    rm site.zip; \
    mv site /srv
CMD ["/srv/serve"]
