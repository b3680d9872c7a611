FROM debian:bookworm-slim
RUN useradd --system app
COPY --chown=app:app start.sh /tmp/start.sh
USER app
CMD ["start.sh"]
