# syntax=docker/dockerfile:1
FROM python:3.12-slim-bookworm AS build

ARG EXTRA=prod
ARG BUILD_DATE

RUN <<EOF
set -e
apt-get update
apt-get install -y --no-install-recommends build-essential libxml2-dev libxslt1-dev
rm -rf /var/lib/apt/lists/*
EOF

WORKDIR /feeds
COPY requirements ./requirements
RUN --mount=type=cache,target=/root/.cache/pip pip install --no-binary lxml -r requirements/${EXTRA}.txt

COPY bin ./bin
COPY feeds ./feeds
RUN python -m compileall -q feeds
RUN pip uninstall -y pip

FROM python:3.12-slim-bookworm
ARG BUILD_DATE
LABEL built=$BUILD_DATE
RUN apt-get update && apt-get install -y --no-install-recommends libxml2 libxslt1.1 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /feeds
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /feeds /feeds

CMD ["./bin/feeds.sh"]
