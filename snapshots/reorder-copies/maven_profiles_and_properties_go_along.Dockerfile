FROM maven:3.9-eclipse-temurin-21
WORKDIR /src
COPY pom.xml pom.xml
RUN mvn -B -P jetty -Drevision=2 dependency:go-offline
COPY src src
RUN mvn package -q -P jetty -Drevision=2 -DskipTests
