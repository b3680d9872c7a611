# tag: python:3.11
# also: python:3 python:latest python:3.11-bookworm
# set: python
FROM buildpack-deps:bookworm
ENV PATH=/usr/local/bin:$PATH LANG=C.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends libbluetooth-dev tk-dev uuid-dev \
    && rm -rf /var/lib/apt/lists/*
COPY --from=imgfix-python-tree:3.11 / /
RUN ldconfig && python --version && pip --version
LABEL imgfix.standin="python:3.11: CPython 3.11 compiled from source, not optimised by profile"
CMD ["python3"]
