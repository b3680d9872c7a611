FROM debian:bookworm-slim
# nobody else writes it
COPY start.sh /home/start.sh
CMD ["/home/start.sh"]
