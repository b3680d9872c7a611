FROM python:3.11-slim-bookworm AS build

RUN apt-get update; \
    apt-get install -y --no-install-recommends gcc libpq-dev netcat-openbsd; \
    rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1
ENV DB_HOST db
ENV DB_PORT 5432

WORKDIR /usr/src/members
COPY ./requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 netcat-openbsd \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1
ENV DB_HOST db
ENV DB_PORT 5432
WORKDIR /usr/src/members
COPY --from=build /install /usr/local

COPY ./docker/entrypoint.sh /entrypoint.sh
RUN sed -i 's/\r$//g' /entrypoint.sh
RUN chmod +x /entrypoint.sh

COPY . .

ENTRYPOINT ["/entrypoint.sh"]
CMD ["gunicorn", "club.wsgi:application", "--bind", "0.0.0.0:8000"]
