FROM acme/base:2014
RUN pip install --no-cache-dir flask
CMD ["flask"]
