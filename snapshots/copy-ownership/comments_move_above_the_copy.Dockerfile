FROM debian:bookworm-slim
# What starts the service.
# The service itself runs as 1000.
COPY --chown=1000:1000 start.sh /

CMD ["start.sh"]
