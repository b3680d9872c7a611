FROM python:3.11 AS build
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir -e .
RUN pip uninstall -y pip

FROM python:3.11-slim
WORKDIR /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /app /app
EXPOSE 8000
CMD ["uvicorn", "quay.api:app", "--host", "0.0.0.0"]
