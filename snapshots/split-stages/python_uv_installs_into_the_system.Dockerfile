FROM python:3.12 AS build
RUN pip install uv
WORKDIR /app
COPY . .
RUN uv pip install --system .
RUN pip uninstall -y pip

FROM python:3.12-slim
WORKDIR /app
COPY . .
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
CMD ["gunicorn", "app.app:server"]
