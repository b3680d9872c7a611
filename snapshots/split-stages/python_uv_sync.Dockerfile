FROM python:3.12-slim AS build
RUN pip install uv==0.5.11
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev

FROM python:3.12-slim
WORKDIR /app
COPY . .
COPY --from=build /app/.venv /app/.venv
EXPOSE 8083
CMD [".venv/bin/ferry"]
