FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY src src
RUN mvn -B package -DskipTests
RUN java -Djarmode=tools -jar /app/target/parcels-0.0.1-SNAPSHOT.jar extract --layers --destination /layers

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /layers/dependencies/ /app/target/
COPY --from=build /layers/snapshot-dependencies/ /app/target/
COPY --from=build /layers/application/ /app/target/
EXPOSE 8080
# the orders of parcels
CMD java $JAVA_OPTS -jar target/parcels-0.0.1-SNAPSHOT.jar
