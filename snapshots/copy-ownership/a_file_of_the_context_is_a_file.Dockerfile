FROM debian:bookworm-slim
COPY --chown=1000:1000 service /usr/share/service
CMD ["start.sh"]
