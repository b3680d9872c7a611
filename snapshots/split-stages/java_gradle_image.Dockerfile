FROM gradle:8.5-jdk17 AS build
COPY --chown=gradle:gradle . /home/gradle/src
WORKDIR /home/gradle/src
RUN gradle build --no-daemon

FROM eclipse-temurin:17-jre
WORKDIR /home/gradle/src
COPY --from=build /home/gradle/src/build/libs/ledger-0.4.0.jar /home/gradle/src/build/libs/ledger-0.4.0.jar
CMD ["java", "-jar", "/home/gradle/src/build/libs/ledger-0.4.0.jar"]
