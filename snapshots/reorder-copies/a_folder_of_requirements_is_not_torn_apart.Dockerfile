FROM python:3.12-slim
WORKDIR /app
COPY requirements /tmp/requirements
RUN pip install --no-cache-dir -r /tmp/requirements/prod.txt
COPY . /app
RUN python setup.py build
