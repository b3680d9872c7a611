FROM debian:bookworm AS build

ENV DEBIAN_FRONTEND=noninteractive

# build tools and the program's own needs in one list
RUN apt-get update && apt-get install -y --no-install-recommends \
      ca-certificates \
      maven \
      openjdk-17-jdk-headless \
      tini \
 && rm -rf /var/lib/apt/lists/*

ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64

COPY . /opt/orders/
RUN cd /opt/orders && mvn -B -o package || mvn -B package

FROM debian:bookworm-slim
ENV DEBIAN_FRONTEND=noninteractive
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update && apt-get install -y --no-install-recommends ca-certificates openjdk-17-jre-headless tini \
    && rm -rf /var/lib/apt/lists/*
ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64
COPY --from=build /opt/orders/target/orders-1.2.0.jar /opt/orders/target/orders-1.2.0.jar

WORKDIR /opt/orders/target
EXPOSE 8080
ENTRYPOINT ["tini", "--"]
CMD ["java", "-jar", "orders-1.2.0.jar"]
