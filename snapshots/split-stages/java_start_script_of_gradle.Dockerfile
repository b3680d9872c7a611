FROM gradle:8.10-jdk21 AS build
WORKDIR /app
COPY . .
RUN gradle --no-daemon installDist

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/build/install/tide /app/build/install/tide
CMD export JAVA_OPTS="-Xmx64m" && build/install/tide/bin/tide
