FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml .
COPY src src
RUN mvn -B package -DskipTests
RUN java -Djarmode=tools -jar target/parcels-0.0.1-SNAPSHOT.jar extract --destination /opt/parcels

FROM eclipse-temurin:21-jre
WORKDIR /src
COPY --from=build /opt/parcels /opt/parcels
CMD ["java", "-jar", "/opt/parcels/parcels-0.0.1-SNAPSHOT.jar"]
