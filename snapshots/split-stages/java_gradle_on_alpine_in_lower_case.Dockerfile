from gradle:8-jdk17-alpine as build
copy --chown=gradle:gradle build.gradle settings.gradle ./
copy --chown=gradle:gradle src ./src
run gradle --no-daemon bootJar
run cp build/libs/*-boot.jar service.jar

from eclipse-temurin:17-jre-alpine
workdir /home/gradle
copy --from=build /home/gradle/service.jar /home/gradle/service.jar
env SERVER_PORT=8095
expose 8095
healthcheck cmd wget -qO- http://127.0.0.1:8095/actuator/health | grep UP
entrypoint ["java"]
cmd ["-Xmx128m", "-jar", "service.jar"]
