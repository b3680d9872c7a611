FROM maven:3.9-eclipse-temurin-17 AS build
RUN useradd -m app
WORKDIR /app
COPY . .
RUN mvn -B package && chown -R app:app /app

FROM eclipse-temurin:17-jre
RUN useradd -m app
WORKDIR /app
RUN mkdir -p /app/target && chown -R app:app /app
COPY --from=build --chown=app:app /app/target/a-1.jar /app/target/a-1.jar
USER app
CMD ["java", "-jar", "target/a-1.jar"]
