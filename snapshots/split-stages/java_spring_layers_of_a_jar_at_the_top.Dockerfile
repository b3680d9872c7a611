FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /usr/src/parcels
COPY . .
RUN mvn clean package -DskipTests
RUN cp target/*.jar /app.jar
RUN java -Djarmode=tools -jar /app.jar extract --layers --destination /layers --libraries app-lib

FROM eclipse-temurin:17-jre
WORKDIR /usr/src/parcels
COPY --from=build /layers/dependencies/ /
COPY --from=build /layers/snapshot-dependencies/ /
COPY --from=build /layers/application/ /
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/app.jar"]
