FROM eclipse-temurin:17-jdk AS build
WORKDIR /srv/parcels
COPY . .
RUN ./mvnw -ntp -B verify

FROM eclipse-temurin:17-jre
WORKDIR /srv/parcels
COPY --from=build /srv/parcels/target/parcels-0.0.1-SNAPSHOT.jar /srv/parcels/target/parcels-0.0.1-SNAPSHOT.jar
COPY --from=build /srv/parcels/agent /srv/parcels/agent
COPY --from=build /srv/parcels/config /srv/parcels/config
ENV SPRING_PROFILES_ACTIVE=prod
ENV JAVA_TOOL_OPTIONS="-javaagent:/srv/parcels/agent/trace.jar"
EXPOSE 8080
CMD ["java", "-jar", "target/parcels-0.0.1-SNAPSHOT.jar"]
