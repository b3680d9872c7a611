FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv==0.5.11
ENV UV_NATIVE_TLS=true
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-cache --no-dev --no-install-project
COPY README.md ./
COPY src ./src
RUN uv sync --frozen --no-cache --no-dev --no-editable

FROM python:3.11-slim
WORKDIR /app
COPY --from=build /app/.venv ./.venv
ENV UV_NATIVE_TLS=true
ENV PATH="/app/.venv/bin:$PATH"
EXPOSE 8083
CMD ["ferry"]
