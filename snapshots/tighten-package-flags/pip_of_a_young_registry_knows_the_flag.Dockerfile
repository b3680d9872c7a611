FROM ghcr.io/acme/base:1
RUN pip install --no-cache-dir flask
CMD ["flask"]
