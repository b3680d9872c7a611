FROM maven:3.9-eclipse-temurin-17 AS build
ENV TZ=Asia/Tokyo
WORKDIR /app
COPY . .
RUN mvn package

FROM eclipse-temurin:17-jre
ENV TZ=Asia/Tokyo
WORKDIR /app
COPY --from=build /app/target/a-1.jar /app/target/a-1.jar
CMD ["java","-jar","target/a-1.jar"]
