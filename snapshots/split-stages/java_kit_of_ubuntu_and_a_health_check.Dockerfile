FROM ubuntu:22.04 AS build
RUN apt-get update && apt-get install -y openjdk-17-jdk maven git curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN mvn -B package

FROM ubuntu:22.04
RUN apt-get update && apt-get install -y openjdk-17-jre curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
HEALTHCHECK CMD curl -f http://localhost:8080/orders
CMD java $JAVA_OPTS -jar target/orders-1.2.0.jar
