FROM python:3.12 AS build
# poetry trusts what the system trusts
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /app
COPY . /app/
RUN python -m venv /opt/poetry && /opt/poetry/bin/pip install poetry==1.8.3 && ln -s /opt/poetry/bin/poetry /usr/bin/
RUN poetry config virtualenvs.create false \
    && poetry install --no-interaction --no-ansi --no-root --only main
RUN pip uninstall -y pip

FROM python:3.12-slim
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /app
COPY . /app/
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
EXPOSE 8000
CMD ["uvicorn", "harbour.api:app", "--host", "0.0.0.0"]
