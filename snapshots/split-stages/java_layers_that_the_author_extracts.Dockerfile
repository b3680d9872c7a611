FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY pom.xml .
COPY src src
RUN mvn -B package -DskipTests && java -Djarmode=layertools -jar target/parcels-0.0.1-SNAPSHOT.jar extract --destination /layers
WORKDIR /layers
# the application changes most often
RUN mkdir -p /run/parcels && cp -r dependencies/. spring-boot-loader/. snapshot-dependencies/. application/. /run/parcels/

FROM eclipse-temurin:17-jre
WORKDIR /app
WORKDIR /layers
COPY --from=build /run/parcels /run/parcels
WORKDIR /run/parcels
EXPOSE 8080
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
