FROM python:3.12-slim
COPY requirements.txt .
RUN --mount=from=ghcr.io/astral-sh/uv:0.5,source=/uv,target=/bin/uv \
    uv pip install --system -r requirements.txt \
 && uv cache clean
CMD ["python3", "-m", "app"]
