FROM amazoncorretto:21-al2023 AS build
WORKDIR /app
COPY .mvn/ .mvn
COPY mvnw pom.xml ./
RUN ./mvnw dependency:go-offline
COPY src ./src
RUN ./mvnw package

FROM amazoncorretto:21-al2023-headless
WORKDIR /app
COPY --from=build /app/target/shelf.jar /app/target/shelf.jar
CMD ["java", "-jar", "target/shelf.jar"]
