FROM eclipse-temurin:17-jdk AS build
WORKDIR /app
COPY .mvn/ .mvn
COPY mvnw pom.xml ./
RUN ./mvnw dependency:go-offline
COPY src ./src
RUN ./mvnw package

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/shelf.jar /app/target/shelf.jar
CMD ["java", "-jar", "target/shelf.jar"]
