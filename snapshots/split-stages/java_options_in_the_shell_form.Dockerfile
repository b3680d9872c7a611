FROM maven:3.9-eclipse-temurin-17 AS build

ARG JAR_FILE=target/parcels-0.0.1-SNAPSHOT.jar
ARG MAVEN_ARGS=""

# memory and the like, the cluster overrides it
ENV JAVA_OPTS="-XX:MaxRAMPercentage=70 -Djava.security.egd=file:/dev/./urandom"
ENV MAVEN_OPTS="-Xmx512m" TZ=Europe/Vienna

WORKDIR /opt/parcels
COPY pom.xml .
RUN mvn -B $MAVEN_ARGS dependency:go-offline
COPY src src
RUN mvn -B $MAVEN_ARGS package -DskipTests && \
    mv ${JAR_FILE} /opt/parcels/parcels.jar && \
    rm -rf target ~/.m2

FROM eclipse-temurin:17-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
LABEL maintainer="Depot Team <depot@example.org>" \
      version="1.0"
ENV JAVA_OPTS="-XX:MaxRAMPercentage=70 -Djava.security.egd=file:/dev/./urandom"
ENV MAVEN_OPTS="-Xmx512m" TZ=Europe/Vienna
WORKDIR /opt/parcels
COPY --from=build /opt/parcels/parcels.jar /opt/parcels/parcels.jar

EXPOSE 8080/tcp
HEALTHCHECK --start-period=40s CMD curl -f http://localhost:8080/parcels || exit 1
ENTRYPOINT exec java $JAVA_OPTS -jar /opt/parcels/parcels.jar
