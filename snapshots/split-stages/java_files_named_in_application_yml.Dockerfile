FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q clean package -DskipTests

FROM eclipse-temurin:17-jre
WORKDIR /build
COPY --from=build /build/target/demo-1.jar /build/target/demo-1.jar
COPY --from=build /build/certs /build/certs
COPY --from=build /build/keys /build/keys
COPY --from=build /build/logging /build/logging
COPY --from=build /build/public /build/public
EXPOSE 8080
CMD ["java", "-jar", "target/demo-1.jar"]
