FROM python:3.12-slim
RUN python -m pip install --no-cache-dir uv && \
    python -m uv pip install --no-cache --system flask
CMD ["flask", "run"]
