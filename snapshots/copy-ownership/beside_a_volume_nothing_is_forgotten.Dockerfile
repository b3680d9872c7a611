FROM debian:bookworm-slim
VOLUME /data
COPY --chown=1000:1000 a.conf /etc/
CMD ["start.sh"]
