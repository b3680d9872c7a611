FROM python:3.12-slim
COPY . .
RUN /root/.local/bin/uv sync --frozen && /root/.local/bin/uv cache clean
CMD [".venv/bin/python", "-m", "app"]
