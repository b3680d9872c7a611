FROM python:3.11-slim AS build
WORKDIR /app
RUN apt-get update && apt-get install -y gcc git
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.11-slim
WORKDIR /app
RUN apt-get update && apt-get install -y git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /install /usr/local
COPY . .
CMD ["python", "app.py"]
