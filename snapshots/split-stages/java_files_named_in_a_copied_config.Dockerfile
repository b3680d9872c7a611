FROM maven:3.9-eclipse-temurin-11 AS build
WORKDIR /app
COPY . .
RUN mvn package

FROM eclipse-temurin:11-jre
WORKDIR /app
COPY --from=build /app/target/a-1.jar /app/target/a-1.jar
COPY --from=build /app/certs /app/certs
COPY --from=build /app/config.yml /app/config.yml
COPY --from=build /app/logs /app/logs
CMD java -jar target/a-1.jar db migrate config.yml && java -jar target/a-1.jar server config.yml
