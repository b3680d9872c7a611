FROM python:3.12-slim
WORKDIR /app

# the tools
RUN pip install nox

COPY a/ ./a/
COPY b/ ./b/

COPY setup.py ./

RUN python setup.py build
