FROM maven:3.9-eclipse-temurin-21
WORKDIR /usr/src/app
COPY pom.xml /usr/src/app/
RUN mvn -B dependency:go-offline
COPY src /usr/src/app/src
COPY pom.xml /usr/src/app
RUN mvn -B package
