FROM gradle:8.6-jdk17 AS build
COPY . .
RUN gradle clean bootJar

FROM eclipse-temurin:17-jre
WORKDIR /home/gradle
COPY --from=build /home/gradle/build/libs/app.jar /home/gradle/build/libs/app.jar
WORKDIR ./build/libs
ENTRYPOINT ["java","-jar","app.jar"]
