FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends make vim=2:9.0 && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /srv
RUN su app -c "make -C /srv all"
CMD ["make"]
