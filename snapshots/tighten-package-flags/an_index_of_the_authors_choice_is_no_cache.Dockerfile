FROM python:3.12-slim
RUN pip install --no-cache-dir --index-url=https://example.org/simple flask
CMD ["python3"]
