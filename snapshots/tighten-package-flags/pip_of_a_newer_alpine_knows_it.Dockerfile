FROM gliderlabs/alpine:3.3
RUN pip install --no-cache-dir flask
CMD ["flask"]
