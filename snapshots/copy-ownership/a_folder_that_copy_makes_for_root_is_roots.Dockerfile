FROM debian:bookworm-slim
COPY app.conf /etc/app/app.conf
CMD ["start.sh"]
