FROM python:3.12-slim
RUN pip install --no-cache-dir pipenv \
 && pipenv install --system --deploy \
 && playwright install chromium \
 && rm -rf /root/.cache/pipenv /root/.cache/pip
CMD ["python3", "-m", "app"]
