FROM python:3.11-bookworm AS build
WORKDIR /srv/worker
COPY requirements.txt requirements.txt
RUN pip install --prefix=/install --no-cache-dir -r requirements.txt

FROM python:3.11-slim-bookworm
WORKDIR /srv/worker
COPY --from=build /install /usr/local
COPY mailer/ mailer/
STOPSIGNAL SIGQUIT
ENTRYPOINT ["celery", "-A", "mailer.tasks"]
CMD ["worker", "--loglevel", "INFO", "--concurrency", "2"]
