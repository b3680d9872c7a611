FROM debian:bookworm-slim
COPY --chown=1000:1000 <<EOF /etc/app.conf
port = 80
EOF
CMD ["start.sh"]
