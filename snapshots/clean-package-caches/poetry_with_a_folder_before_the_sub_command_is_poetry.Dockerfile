FROM python:3.12-slim
COPY . /srv
RUN poetry config virtualenvs.create false \
 && poetry -C /srv install -n \
 && rm -rf /root/.cache/pypoetry/cache /root/.cache/pypoetry/artifacts
CMD ["python3", "-m", "app"]
