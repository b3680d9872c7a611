FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /usr/src/parcels
COPY . .
RUN mvn clean package -DskipTests
RUN cp target/*.jar /app.jar

FROM eclipse-temurin:17-jre
WORKDIR /usr/src/parcels
COPY --from=build /app.jar /app.jar
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/app.jar"]
