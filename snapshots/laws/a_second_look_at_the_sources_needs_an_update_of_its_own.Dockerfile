FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gnupg && \
    rm -rf /var/lib/apt/lists/*
RUN curl -fsSL https://example.org/key | gpg --dearmor -o /usr/share/keyrings/example.gpg
RUN echo "deb [signed-by=/usr/share/keyrings/example.gpg] https://example.org/apt stable main" > /etc/apt/sources.list.d/example.list
RUN apt-get update && apt-get install -y example-tool && rm -rf /var/lib/apt/lists/*
CMD ["example-tool"]
