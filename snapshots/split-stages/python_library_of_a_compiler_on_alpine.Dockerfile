FROM python:3.11-alpine AS build
WORKDIR /app
RUN apk add --no-cache build-base libffi-dev
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.11-alpine
WORKDIR /app
RUN apk add --no-cache libstdc++ libffi
COPY --from=build /install /usr/local
COPY . .
CMD ["python", "app.py"]
