FROM debian:bookworm
RUN mkdir -p /srv/app && \
    # the app's own user
    useradd --system app && \
    chown app /srv/app
USER app
CMD ["/srv/app/run"]
