FROM python:3.12-slim
ENV PIP_DEFAULT_TIMEOUT=100
RUN pip install flask && rm -rf /root/.cache/pip
CMD ["python3"]
