FROM debian:bookworm-slim
RUN mkdir -p /etc/app/conf.d
COPY --chown=1000:1000 app.conf /etc/app/conf.d/app.conf
CMD ["start.sh"]
