FROM debian:12 AS build
RUN apt-get update && apt-get install -y openjdk-17-jdk-headless maven
WORKDIR /app
COPY . .
RUN mvn -B package

FROM gcr.io/distroless/java17-debian13
WORKDIR /app
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
ENTRYPOINT []
CMD ["java", "-jar", "target/orders-1.2.0.jar"]
