FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends make vim=2:9.0 && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /srv
RUN ls /etc/apt && tar -cf /srv/x.tar /var/cache/apt && make apt.conf
CMD ["make"]
