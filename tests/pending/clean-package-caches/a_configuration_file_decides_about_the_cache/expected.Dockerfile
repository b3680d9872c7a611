FROM python:3.12-slim
COPY pip.conf /etc/pip.conf
RUN pip install flask
CMD ["python3"]
