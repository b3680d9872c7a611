FROM python:3.12-bookworm AS build
ENV PYTHONUNBUFFERED=1
ENV PYTHONPATH=/code/src
WORKDIR /code
COPY requirements.txt ./
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1
ENV PYTHONPATH=/code/src
WORKDIR /code
COPY --from=build /install /usr/local
COPY src ./src
EXPOSE 8000
CMD ["uvicorn", "tidal.main:app", "--host", "0.0.0.0", "--port", "8000"]
