FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends libglib2.0-0 curl ca-certificates
