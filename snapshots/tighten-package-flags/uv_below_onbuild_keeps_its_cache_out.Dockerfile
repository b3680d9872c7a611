FROM python:3.12-slim
ONBUILD COPY requirements.txt .
ONBUILD RUN uv pip install --no-cache --system -r requirements.txt
CMD ["python3"]
