FROM python:3.11-slim-bookworm AS deps
COPY requirements.txt ./
RUN pip install --no-cache-dir --prefix=/install -r requirements.txt

FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends gettext \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/club
COPY --from=deps /install /usr/local
COPY . .
RUN python manage.py collectstatic --noinput \
 && python manage.py compilemessages

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1
WORKDIR /opt/club
COPY --from=deps /install /usr/local
COPY --from=build /opt/club ./
COPY --chmod=755 entrypoint.sh /entrypoint.sh
VOLUME /var/lib/club
EXPOSE 8084
ENTRYPOINT ["/entrypoint.sh"]
CMD ["gunicorn", "--bind", "0.0.0.0:8084", "club.wsgi"]
