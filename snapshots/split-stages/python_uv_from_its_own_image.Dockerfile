# syntax=docker/dockerfile:1.7
FROM python:3.12-slim-bookworm AS build

COPY --from=ghcr.io/astral-sh/uv:0.5.11 /uv /uvx /bin/

ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never

WORKDIR /srv/ferry

RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    uv sync --locked --no-install-project --no-dev

COPY . /srv/ferry
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev

FROM python:3.12-slim-bookworm
WORKDIR /srv/ferry
COPY . /srv/ferry
COPY --from=build /srv/ferry/.venv /srv/ferry/.venv

ENV PATH="/srv/ferry/.venv/bin:$PATH"
ENTRYPOINT []
CMD ["python", "-m", "ferry"]
