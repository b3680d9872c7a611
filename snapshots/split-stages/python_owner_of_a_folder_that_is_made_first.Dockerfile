FROM python:3.12 AS build
RUN mkdir /srv/app
WORKDIR /srv/app
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.12-slim
RUN useradd -m app
RUN mkdir /srv/app
RUN chown app:app /srv/app
WORKDIR /srv/app
COPY --from=build /install /usr/local
COPY --chown=app:app . .
USER app
CMD ["python", "app.py"]
