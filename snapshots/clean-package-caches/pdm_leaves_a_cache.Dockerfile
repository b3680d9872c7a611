FROM python:3.12-slim
RUN pip install --no-cache-dir pdm
COPY pyproject.toml pdm.lock ./
RUN pdm install --prod --no-lock --no-editable && rm -rf /root/.cache/pdm
CMD ["pdm", "run", "app"]
