FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends protobuf-compiler libprotobuf-dev
COPY . /src
RUN protoc --version
