FROM python:3.11-bookworm AS build
ENV PYTHONUNBUFFERED=1
ENV DJANGO_SETTINGS_MODULE=club.settings
# msgfmt
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/club
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN SECRET_KEY=none python manage.py collectstatic --noinput && \
    python manage.py compilemessages
RUN pip uninstall -y pip

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1
ENV DJANGO_SETTINGS_MODULE=club.settings
WORKDIR /opt/club
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /opt/club /opt/club
COPY --from=build /etc/mime.types /etc/mime.types
EXPOSE 8000
CMD ["gunicorn", "club.wsgi", "-b", ":8000"]
