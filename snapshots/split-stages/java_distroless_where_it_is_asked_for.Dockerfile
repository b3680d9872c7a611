FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY pom.xml .
COPY src ./src
RUN mvn -B package -DskipTests

FROM gcr.io/distroless/java17-debian13
WORKDIR /app
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
ENTRYPOINT []
ENV SERVER_PORT=8080
EXPOSE 8080
# the orders
CMD ["java", "-XX:MaxRAMPercentage=75", "-jar", "target/orders-1.2.0.jar"]
