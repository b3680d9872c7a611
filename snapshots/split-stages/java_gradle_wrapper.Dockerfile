FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /workspace
COPY gradlew settings.gradle build.gradle ./
COPY gradle gradle
RUN ./gradlew --no-daemon dependencies
COPY src src
RUN ./gradlew --no-daemon jar

FROM eclipse-temurin:17-jre-jammy
WORKDIR /workspace
COPY --from=build /workspace/build/libs/ledger-0.4.0.jar /workspace/build/libs/ledger-0.4.0.jar
ENTRYPOINT ["java", "-jar", "build/libs/ledger-0.4.0.jar"]
