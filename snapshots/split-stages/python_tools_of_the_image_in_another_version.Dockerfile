FROM python:3.11 AS build
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --upgrade pip setuptools wheel && pip install -r requirements.txt
COPY . .
RUN python manage.py collectstatic --noinput
RUN pip uninstall -y pip setuptools wheel

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /app /app
COPY --from=build /etc/mime.types /etc/mime.types
EXPOSE 8000
CMD ["gunicorn", "club.wsgi", "--bind", "0.0.0.0:8000"]
