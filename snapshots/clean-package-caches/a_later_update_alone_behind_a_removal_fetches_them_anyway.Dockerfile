FROM ubuntu:22.04
RUN apt-get update && apt-get install -y vim && rm -rf /var/lib/apt/lists/*
RUN apt-get update && apt-get install -y make && rm -rf /var/lib/apt/lists/*
RUN apt-get update
CMD ["x"]
