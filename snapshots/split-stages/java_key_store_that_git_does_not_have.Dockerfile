FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
COPY *.jks ./
RUN mvn -B package && cp target/a-1.jar a.jar

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/a.jar /app/a.jar
CMD ["java", "-jar", "a.jar"]
