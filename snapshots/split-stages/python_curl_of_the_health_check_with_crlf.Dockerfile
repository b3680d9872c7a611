FROM python:3.11-bookworm AS build

WORKDIR /app
COPY requirements.txt /app/requirements.txt
RUN pip install --prefix=/install --no-cache-dir \
	-r /app/requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
# who to call
MAINTAINER desk@example.org
WORKDIR /app
COPY --from=build /install /usr/local
COPY . /app

ENV FLASK_APP=app
EXPOSE 5000
HEALTHCHECK --interval=1m CMD ["curl", "-sf", "http://localhost:5000/tides/ping"]
USER 65534
CMD ["flask", "run", "--host=0.0.0.0"]
