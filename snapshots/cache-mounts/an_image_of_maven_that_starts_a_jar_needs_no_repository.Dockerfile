# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-21
WORKDIR /s
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository mvn clean install
CMD ["java", "-jar", "/s/target/app.jar"]
