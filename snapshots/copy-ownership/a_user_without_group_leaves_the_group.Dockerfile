FROM debian:bookworm-slim
RUN useradd --system app
COPY --chown=app:0 app.conf /etc/
COPY --chown=0:www-data app.ini /etc/
CMD ["start.sh"]
