FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q clean package -DskipTests

FROM eclipse-temurin:17-jre
WORKDIR /build
COPY --from=build /build/target/demo-1.jar /build/target/demo-1.jar
COPY --from=build /build/data /build/data
EXPOSE 8080
CMD ["java", "-jar", "target/demo-1.jar"]
