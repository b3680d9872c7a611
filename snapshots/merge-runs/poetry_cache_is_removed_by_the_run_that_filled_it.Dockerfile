FROM python:3.12-slim
COPY . .
RUN poetry install --no-root && \
    rm -rf ~/.cache/pypoetry/cache
CMD ["poetry", "run", "app"]
