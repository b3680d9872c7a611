FROM python:3.12-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.12-slim-bookworm
WORKDIR /app
COPY --from=build /install /usr/local
COPY --from=build /etc/mime.types /etc/mime.types
COPY . .
CMD ["python", "app.py"]
