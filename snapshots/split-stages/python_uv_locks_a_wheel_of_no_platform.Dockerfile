FROM python:3.12-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/uv
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev

FROM python:3.12-slim-bookworm
WORKDIR /app
COPY . .
COPY --from=build /app/.venv /app/.venv
CMD ["/app/.venv/bin/python", "main.py"]
