FROM python:3.12-slim
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --no-install-project --frozen
COPY . .
RUN uv sync --frozen
CMD ["uv", "run", "x"]
