FROM maven:3.9-eclipse-temurin-21
COPY pom.xml /home/app/
RUN mvn -B -f /home/app/pom.xml dependency:go-offline
COPY src /home/app/src
RUN mvn -f /home/app/pom.xml clean package
