FROM gradle:8.8-jdk21 AS build
WORKDIR /app
COPY . .
RUN gradle build --no-daemon

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/build/libs/app-1.0.jar /app/build/libs/app-1.0.jar
COPY --from=build /app/build/deps /app/build/deps
CMD ["java", "-jar", "build/libs/app-1.0.jar"]
