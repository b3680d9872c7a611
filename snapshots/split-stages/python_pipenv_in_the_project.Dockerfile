FROM python:3.11 AS build
ENV PIPENV_VENV_IN_PROJECT=1 \
    PYTHONUNBUFFERED=1
RUN pip install pipenv
WORKDIR /usr/src/app
COPY Pipfile Pipfile.lock ./
RUN pipenv sync

FROM python:3.11-slim
ENV PIPENV_VENV_IN_PROJECT=1 \
    PYTHONUNBUFFERED=1
WORKDIR /usr/src/app
COPY --from=build /usr/src/app/.venv /usr/src/app/.venv
COPY . .
ENV PATH="/usr/src/app/.venv/bin:$PATH"
CMD ["python", "poll.py"]
