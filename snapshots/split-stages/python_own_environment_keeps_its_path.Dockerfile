# ---- base
FROM python:3.12-slim-bookworm AS build

# ---- system packages
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc g++ libc6-dev \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/*

# ---- environment
ENV VIRTUAL_ENV=/opt/venv
RUN python -m venv $VIRTUAL_ENV
ENV PATH="$VIRTUAL_ENV/bin:$PATH"
COPY requirements/prod.txt /tmp/prod.txt
RUN pip install --no-cache-dir -r /tmp/prod.txt && rm /tmp/prod.txt

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.source="https://git.example.org/weather/api"
# ---- user
RUN groupadd -g 1500 weather && useradd -m -u 1500 -g weather weather
ENV VIRTUAL_ENV=/opt/venv
ENV PATH="$VIRTUAL_ENV/bin:$PATH"
COPY --from=build /opt/venv /opt/venv

# ---- application
WORKDIR /home/weather/api
COPY --chown=weather:weather weather ./weather
COPY --chown=weather:weather logging.ini ./
USER weather
EXPOSE 8080
# one worker a container
CMD ["gunicorn", "-w", "1", "-b", ":8080", "--log-config", "logging.ini", "weather.app:app"]
