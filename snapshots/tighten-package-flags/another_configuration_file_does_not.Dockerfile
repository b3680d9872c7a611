FROM python:3.12-slim
COPY app.conf /etc/app.conf
RUN pip install --no-cache-dir flask
CMD ["python3"]
