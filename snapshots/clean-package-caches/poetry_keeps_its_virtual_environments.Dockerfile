FROM python:3.12-slim
COPY pyproject.toml poetry.lock ./
RUN poetry install --no-root --only main && \
    rm -rf /root/.cache/pypoetry/cache /root/.cache/pypoetry/artifacts
CMD ["poetry", "run", "python", "-m", "app"]
