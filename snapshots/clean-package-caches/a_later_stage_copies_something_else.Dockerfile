FROM python:3.12 AS build
RUN pip install --prefix /opt/app flask && rm -rf /root/.cache/pip

FROM python:3.12-slim
COPY --from=build /opt/app /usr/local
CMD ["python3"]
