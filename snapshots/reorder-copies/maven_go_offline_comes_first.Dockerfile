FROM maven:3.9-eclipse-temurin-21
WORKDIR /src
COPY pom.xml ./
COPY .mvn ./.mvn/
RUN mvn -B dependency:go-offline
COPY . .
RUN mvn -B package
