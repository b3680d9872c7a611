FROM debian:bookworm
RUN curl -fsSL https://example.org/tool -o /usr/local/bin/tool && \
    chmod +x /usr/local/bin/tool
CMD ["tool"]
