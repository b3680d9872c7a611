FROM debian:bookworm
RUN wget https://example.org/dump.sql -O /tmp/dump.sql && \
    service mariadb start && mariadb -f /tmp/dump.sql && rm /tmp/dump.sql
CMD ["mariadbd"]
