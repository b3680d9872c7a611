ARG V=3.12
FROM python:${V}
RUN pip install --no-cache-dir flask
CMD ["flask"]
