from python:3.12-alpine3.20 as build
run apk upgrade --no-cache
run apk update \
	&& apk add --no-cache --virtual .build gcc musl-dev postgresql-dev \
	&& apk add --no-cache tini
workdir /srv
copy requirements.txt .
run pip install --prefix=/install -r requirements.txt

from python:3.12-alpine3.20
run apk upgrade --no-cache
run apk add --no-cache libpq tini
workdir /srv
copy --from=build /install /usr/local
copy . .
entrypoint ["/sbin/tini", "--"]
cmd ["python", "queue_reader.py"]
