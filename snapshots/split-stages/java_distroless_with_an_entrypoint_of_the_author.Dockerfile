FROM eclipse-temurin:21-jdk-jammy AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN mvn -B package -DskipTests

FROM gcr.io/distroless/java21-debian13
WORKDIR /app
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
USER 1000
ENTRYPOINT ["java", "-jar", "target/orders-1.2.0.jar"]
CMD ["--port", "8080"]
