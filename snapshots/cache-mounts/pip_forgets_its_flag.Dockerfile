# syntax=docker/dockerfile:1
FROM python:3.12-bookworm
ARG TARGETARCH
COPY requirements.txt .
RUN --mount=type=cache,id=pip-bookworm-$TARGETARCH,target=/root/.cache/pip \
    pip install -r requirements.txt
CMD ["python3"]
