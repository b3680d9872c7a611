FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn -q package

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/app.jar /app/target/app.jar
COPY --from=build /app/wait-for-it.sh /app/wait-for-it.sh
CMD ["./wait-for-it.sh", "db:5432", "--", "java", "-jar", "target/app.jar"]
