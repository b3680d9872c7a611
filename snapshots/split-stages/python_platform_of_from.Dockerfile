FROM --platform=linux/amd64 python:3.11-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM --platform=linux/amd64 python:3.11-slim-bookworm
WORKDIR /app
COPY --from=build /install /usr/local
COPY . .
RUN mkdir -p media && chmod 750 media
CMD ["bash", "start.sh"]
