FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/tide-1.0.jar /app/target/tide-1.0.jar
CMD java -Dthreads=$((`grep --count ^processor /proc/cpuinfo`)) \
    -jar \
    target/tide-1.0.jar
