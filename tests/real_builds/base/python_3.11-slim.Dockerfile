# tag: python:3.11-slim
# also: python:slim python:3-slim python:3.11-slim-bookworm
# set: python
FROM debian:bookworm-slim
ENV PATH=/usr/local/bin:$PATH LANG=C.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libbz2-1.0 libexpat1 libffi8 liblzma5 libncursesw6 libreadline8 libsqlite3-0 libssl3 \
        libuuid1 netbase tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/*
COPY --from=imgfix-python-tree:3.11 / /
RUN ldconfig && python --version && pip --version
LABEL imgfix.standin="python:3.11-slim: CPython 3.11 compiled from source, not optimised by profile"
CMD ["python3"]
