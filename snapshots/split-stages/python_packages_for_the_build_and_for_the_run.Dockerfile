FROM python:3.12-slim-bookworm AS build

RUN apt-get update && apt-get install -y --no-install-recommends \
    # for the transcoder
    ffmpeg \
    gcc \
    # one requirement is not on PyPI
    git \
    # python-magic loads it
    libmagic1 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app

COPY requirements.txt requirements.txt
RUN python3 -m pip install --prefix=/install --no-cache-dir -r requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg libmagic1 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /install /usr/local

COPY clips/ clips/
COPY presets/ /etc/clips/presets/

VOLUME [ "/media" ]
ENTRYPOINT [ "python3", "-m", "clips" ]
CMD [ "--watch", "/media" ]
