FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/uv
COPY . .
RUN uv sync --frozen && uv cache clean
CMD [".venv/bin/python", "-m", "app"]
