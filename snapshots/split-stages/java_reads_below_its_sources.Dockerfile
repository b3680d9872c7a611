FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn -B package

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/a-1.jar /app/target/a-1.jar
COPY --from=build /app/src/main/resources/a.properties /app/src/main/resources/a.properties
CMD ["java", "-jar", "target/a-1.jar"]
