FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn package -DskipTests

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/dependency/webapp-runner.jar /app/target/dependency/webapp-runner.jar
COPY --from=build /app/target/*.war /app/target/
ENV PORT=8080
CMD java $JAVA_OPTS -jar target/dependency/webapp-runner.jar --port $PORT target/*.war
