FROM maven:3.9-eclipse-temurin-17 AS build
RUN useradd -m app
COPY --chown=app:app . /app
WORKDIR /app
RUN mvn -B package

FROM eclipse-temurin:17-jre
RUN useradd -m app
WORKDIR /app
RUN chown app:app /app
COPY --from=build /app/target/a-1.jar /app/target/a-1.jar
USER app
CMD ["java", "-jar", "target/a-1.jar"]
