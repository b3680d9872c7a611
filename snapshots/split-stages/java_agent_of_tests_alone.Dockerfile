FROM maven:3.9.11-eclipse-temurin-21 AS build
WORKDIR /w
COPY src src
COPY pom.xml pom.xml
RUN mvn package -q

FROM eclipse-temurin:21-jre
WORKDIR /w
COPY --from=build /w/target/app.jar /w/target/app.jar
COPY --from=build /w/src/main/conf/config.json /w/src/main/conf/config.json
CMD ["java", "-jar", "target/app.jar", "src/main/conf/config.json"]
