FROM python:3.12-slim
WORKDIR /app
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --frozen
COPY . .
CMD ["uv", "run", "x.py"]
