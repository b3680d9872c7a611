FROM debian:bookworm-slim
RUN useradd --system app
COPY --chown=app:app app.conf /etc/app.conf
CMD ["start.sh"]
