FROM maven:3.9.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN ["mvn", "-B", "package"]

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/lens-1.jar /app/target/lens-1.jar
CMD ["java", "-jar", "target/lens-1.jar"]
