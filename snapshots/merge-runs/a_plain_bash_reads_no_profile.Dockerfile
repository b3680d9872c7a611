FROM debian:bookworm
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -fsSL -o /etc/profile.d/x.sh https://example.org/x.sh && \
    chmod 644 /etc/profile.d/x.sh
CMD ["bash"]
