FROM python:3.11-slim-bookworm AS build

WORKDIR /app

RUN apt-get update && apt-get install -y \
    build-essential \
    curl \
    software-properties-common \
    && rm -rf /var/lib/apt/lists/*

COPY . .

RUN pip3 install --prefix=/install -r requirements.txt

FROM python:3.11-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y curl \
    && rm -rf /var/lib/apt/lists/*
COPY . .
COPY --from=build /install /usr/local

EXPOSE 8501

HEALTHCHECK CMD curl --fail http://localhost:8501/_stcore/health

ENTRYPOINT ["streamlit", "run", "tides.py", "--server.port=8501", "--server.address=0.0.0.0"]
