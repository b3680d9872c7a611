FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /code
COPY pom.xml ./
COPY api/pom.xml api/
COPY service/pom.xml service/
RUN mvn -B -q dependency:go-offline || true
COPY api api
COPY service service
RUN mvn -B -pl service -am package

FROM eclipse-temurin:17-jre
WORKDIR /code
COPY --from=build /code/service/target/quotes-service.jar /code/service/target/quotes-service.jar
COPY conf/service.properties /etc/quotes/
EXPOSE 7070
CMD ["java", "-Dquotes.config=/etc/quotes/service.properties", "-jar", "service/target/quotes-service.jar"]
