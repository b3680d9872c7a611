FROM ubuntu:22.04
RUN apt-get update && apt-get install -y vim
RUN apt-get update
RUN dpkg --add-architecture i386
RUN apt-get update && apt-get install -y libc6:i386 && rm -rf /var/lib/apt/lists/*
CMD ["x"]
