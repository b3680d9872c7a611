FROM python:3.10 AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.10-slim
WORKDIR /app
COPY --from=build /install /usr/local
COPY --from=build /etc/mime.types /etc/mime.types
COPY . .
ENTRYPOINT ["sh", "./entrypoint.sh"]
