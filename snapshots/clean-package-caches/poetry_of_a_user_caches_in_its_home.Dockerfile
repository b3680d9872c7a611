FROM python:3.12-slim
RUN useradd --create-home app
USER app
RUN poetry install --no-root && rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts
CMD ["poetry", "run", "app"]
