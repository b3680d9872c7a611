FROM python:3.11 AS build
COPY . /app
WORKDIR /app
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.11-slim
COPY . /app
WORKDIR /app
COPY --from=build /install /usr/local
EXPOSE 5000
CMD ["python", "app.py"]
