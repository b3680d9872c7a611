FROM python:3.12 AS build
ARG INDEX_URL=https://pypi.org/simple
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY pyproject.toml README.md ./
COPY src src
RUN pip install --prefix=/install --index-url "$INDEX_URL" .

FROM python:3.12-slim
WORKDIR /src
COPY pyproject.toml README.md ./
COPY src src
COPY --from=build /install /usr/local
WORKDIR /
ENTRYPOINT ["soundings"]
CMD ["--help"]
