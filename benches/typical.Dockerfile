# syntax=docker/dockerfile:1

# The web front end.
FROM node:20-bookworm AS assets
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY web/ ./
RUN npm run build

# The service itself.
FROM python:3.12-bookworm
LABEL org.opencontainers.image.source="https://example.org/shop"

ENV PYTHONUNBUFFERED=1 \
    PORT=8080

RUN apt-get update
# Clients that the jobs call.
RUN apt-get install -y \
    curl \
    git \
    postgresql-client
RUN rm -rf /tmp/*

WORKDIR /srv/shop
COPY requirements.txt ./
RUN pip install --upgrade pip
RUN pip install -r requirements.txt

COPY shop/ ./shop/
COPY --from=assets /web/dist ./static/
COPY docker/entrypoint.sh /usr/local/bin/

RUN chmod +x /usr/local/bin/entrypoint.sh \
    && useradd --system --create-home shop

USER shop
EXPOSE 8080
HEALTHCHECK --interval=30s CMD curl -fsS http://localhost:8080/health || exit 1
ENTRYPOINT ["entrypoint.sh"]
CMD ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8080"]
