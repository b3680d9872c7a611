FROM gradle:8.5-jdk17 AS build
WORKDIR /home/gradle/src
COPY --chown=gradle:gradle . .
RUN gradle build --no-daemon

FROM eclipse-temurin:17-jre
WORKDIR /home/gradle/src
COPY --from=build /home/gradle/src/build/libs/a-1.jar /home/gradle/src/build/libs/a-1.jar
USER 1000
CMD ["java", "-jar", "build/libs/a-1.jar"]
