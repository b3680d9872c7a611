FROM python:3.11-bookworm AS build
RUN pip install uv==0.5.11
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY . .
COPY --from=build /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
CMD ["python", "ferry.py"]
