FROM python:3.11-bookworm AS build
RUN pip install -U pip setuptools==69.5.1 wheel
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY . .
CMD ["python", "-u", "list_plugins.py"]
