FROM debian:bookworm-slim
LABEL maintainer=x
RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir flask
ARG GIT_SHA
LABEL revision=$GIT_SHA
RUN ./build.sh
