FROM python:3.11 AS build

ENV POETRY_VERSION=1.1.15 \
    POETRY_VIRTUALENVS_CREATE=false
WORKDIR /srv
RUN pip install --no-cache-dir "poetry==$POETRY_VERSION"
COPY pyproject.toml poetry.lock ./
RUN poetry install --no-root
RUN pip uninstall -y pip

FROM python:3.11-slim
WORKDIR /srv
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY . .
CMD ["uvicorn", "tides.main:app", "--host", "0.0.0.0"]
