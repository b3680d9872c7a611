FROM python:3.12-slim
RUN pip install --no-cache-dir uv
COPY requirements.txt .
RUN uv pip install --no-cache --system -r requirements.txt
CMD ["python3", "-m", "app"]
