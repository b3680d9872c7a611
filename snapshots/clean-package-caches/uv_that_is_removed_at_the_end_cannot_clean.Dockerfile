FROM python:3.12-slim
RUN pip install --no-cache-dir uv && \
    uv pip install --system flask && \
    uv cache clean && \
    pip uninstall -y uv
CMD ["flask", "run"]
