FROM python:3.12-slim
RUN python3 -m uv pip install --system flask && python3 -m uv cache clean
CMD ["flask", "run"]
