FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv --quiet sync --no-cache --frozen --no-dev
CMD [".venv/bin/python", "-m", "app"]
