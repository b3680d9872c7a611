FROM python:3.12-slim
RUN pip install --no-cache-dir pipenv
COPY Pipfile Pipfile.lock ./
RUN pipenv install --system --deploy && rm -rf /root/.cache/pipenv /root/.cache/pip
CMD ["python3", "-m", "app"]
