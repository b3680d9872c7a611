FROM debian:bookworm
RUN apt-get update && \
    # imgfix: ignore[tighten-package-flags]
    apt-get install -y jq && \
    rm -rf /var/lib/apt/lists/*
CMD ["jq"]
