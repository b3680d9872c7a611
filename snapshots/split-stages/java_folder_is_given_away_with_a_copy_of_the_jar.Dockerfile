FROM maven:3.9-eclipse-temurin-17 AS build
RUN useradd -m app
WORKDIR /app
COPY . .
RUN mvn -B package && cp target/a-1.jar a.jar
RUN chown -R app:app /app

FROM eclipse-temurin:17-jre
RUN useradd -m app
WORKDIR /app
RUN chown app:app /app
COPY --from=build --chown=app:app /app/a.jar /app/a.jar
USER app
CMD ["java", "-jar", "a.jar"]
