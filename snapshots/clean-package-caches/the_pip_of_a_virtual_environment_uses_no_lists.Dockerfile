FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && \
    rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /venv
RUN /venv/bin/pip install --no-cache-dir flask
CMD ["/venv/bin/flask", "run"]
