FROM debian:bookworm-slim
COPY --chown=root:root app.conf /etc/app/app.conf
CMD ["start.sh"]
