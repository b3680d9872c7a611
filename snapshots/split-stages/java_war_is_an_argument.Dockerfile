FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn package

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/dependency/webapp-runner.jar /app/target/dependency/webapp-runner.jar
COPY --from=build /app/target/demo.war /app/target/demo.war
CMD ["java", "-jar", "target/dependency/webapp-runner.jar", "--port", "8080", "target/demo.war"]
