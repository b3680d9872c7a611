FROM debian:bookworm AS build

RUN apt-get update
RUN apt-get install -y ant openjdk-17-jdk-headless && apt-get clean

ADD . /opt/letters
RUN cd /opt/letters && ant -noinput dist

FROM debian:bookworm-slim
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update && apt-get install -y openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/letters/dist /opt/letters/dist
COPY --from=build /opt/letters/bin /opt/letters/bin
COPY --from=build /opt/letters/texts /opt/letters/texts

WORKDIR /opt/letters/dist

CMD ["./run.sh", "texts/sea.txt"]
