FROM maven:3.6.3-jdk-8 AS build
WORKDIR /app
COPY . .
RUN mvn -B package

FROM openjdk:8-jre
WORKDIR /app
COPY --from=build /app/target/tide-1.0.jar /app/target/tide-1.0.jar
CMD ["java", "-jar", "target/tide-1.0.jar"]
