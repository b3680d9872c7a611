FROM maven:3.9-amazoncorretto-17 AS build
WORKDIR /app
COPY pom.xml .
COPY src ./src
RUN mvn -B package -DskipTests

FROM amazoncorretto:17-al2023-headless
WORKDIR /app
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
HEALTHCHECK CMD curl -f http://localhost:8080/orders
CMD ["java", "-jar", "target/orders-1.2.0.jar"]
