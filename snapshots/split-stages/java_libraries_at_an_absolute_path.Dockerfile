FROM maven:3.9.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn package

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/shop-1.0.jar /app/target/shop-1.0.jar
COPY --from=build /opt/shop/libs /opt/shop/libs
CMD ["java", "-jar", "target/shop-1.0.jar"]
