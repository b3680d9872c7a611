FROM python:3.11-slim AS deps
COPY requirements.txt ./
RUN pip install --no-cache-dir --prefix=/install -r requirements.txt

FROM python:3.11-slim
LABEL org.opencontainers.image.authors="shelf@example.org"
# The health check calls it; the full image has it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=deps /install /usr/local
COPY app ./app
ENV FLASK_APP app
ENV PYTHONUNBUFFERED 1
EXPOSE 5001
HEALTHCHECK CMD curl -f http://localhost:5001/health || exit 1
CMD ["gunicorn", "-b", "0.0.0.0:5001", "app:create_app()"]
