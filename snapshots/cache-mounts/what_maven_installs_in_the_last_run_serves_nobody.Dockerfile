# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-21 AS build
COPY . /app
RUN --mount=type=cache,target=/root/.m2/repository mvn -f /app/pom.xml dependency:go-offline
RUN --mount=type=cache,target=/root/.m2/repository mvn -f /app/pom.xml install
FROM eclipse-temurin:21-jre
COPY --from=build /app/target/app.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
