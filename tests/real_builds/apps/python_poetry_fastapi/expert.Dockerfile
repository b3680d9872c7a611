FROM python:3.11-slim AS build
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN pip install --no-cache-dir poetry==1.8.5
# Poetry installs into an environment that is active, and brings no pip of its own into it.
ENV VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH
RUN python -m venv --without-pip /venv
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --no-interaction --no-ansi --only main --no-root

FROM python:3.11-slim
WORKDIR /app
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV PATH=/venv/bin:$PATH
COPY --from=build /venv /venv
COPY tides ./tides
EXPOSE 8082
CMD ["uvicorn", "tides.main:app", "--host", "0.0.0.0", "--port", "8082"]
