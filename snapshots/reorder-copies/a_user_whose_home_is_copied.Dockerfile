FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends git
COPY . /home/git
RUN useradd -m git
