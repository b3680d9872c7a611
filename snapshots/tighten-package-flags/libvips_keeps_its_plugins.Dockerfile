FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends libvips-dev ca-certificates libheif-plugin-aomenc libheif-plugin-x265
COPY . /src
RUN /src/build
