FROM python:3.12 AS build
RUN useradd -m app
WORKDIR /app
COPY . .
RUN pip install --prefix=/install -r requirements.txt && chown -R app:app /app

FROM python:3.12-slim
RUN useradd -m app
COPY --from=build /install /usr/local
COPY --from=build --chown=app:app /app /app
WORKDIR /app
USER app
CMD ["python", "app.py"]
