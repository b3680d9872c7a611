FROM python:3.12-slim
COPY Pipfile Pipfile.lock ./
RUN set -ex; \
    python -m pip install --no-cache-dir pipenv; \
    python -m pipenv sync --system; \
    rm -rf /root/.cache/pipenv /root/.cache/pip
CMD ["python3", "-m", "app"]
