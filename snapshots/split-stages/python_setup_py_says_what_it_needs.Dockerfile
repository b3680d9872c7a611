FROM python:3.12 AS build
WORKDIR /app
COPY . .
RUN pip install --prefix=/install .

FROM python:3.12-slim
WORKDIR /app
COPY . .
COPY --from=build /install /usr/local
CMD ["tally"]
