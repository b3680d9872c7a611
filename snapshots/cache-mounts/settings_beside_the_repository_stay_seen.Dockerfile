# syntax=docker/dockerfile:1
FROM debian:bookworm
COPY settings.xml /root/.m2/settings.xml
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository mvn package
CMD ["java", "-jar", "target/app.jar"]
