ARG PYTHON_VERSION=3.12
FROM python:${PYTHON_VERSION}-bookworm AS build
ENV PIP_NO_CACHE_DIR=off \
    PIP_DEFAULT_TIMEOUT=100
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:${PYTHON_VERSION}-slim-bookworm
WORKDIR /app
COPY --from=build /install /usr/local
COPY . .
ARG GIT_SHA
ENV GIT_SHA=${GIT_SHA}
EXPOSE 5000
CMD ["gunicorn", "--bind", "0.0.0.0:5000", "app:app"]
