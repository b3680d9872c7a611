FROM gradle:8.10-jdk21 AS build
WORKDIR /srv/parcels
COPY . .
RUN gradle --no-daemon bootJar && mv build/libs/parcels-0.0.1.jar parcels.jar
RUN chmod +x start.sh
RUN java -Djarmode=tools -jar /srv/parcels/parcels.jar extract --layers --destination /layers

FROM eclipse-temurin:21-jre
WORKDIR /srv/parcels
COPY --from=build /layers/dependencies/ /srv/parcels/
COPY --from=build /layers/snapshot-dependencies/ /srv/parcels/
COPY --from=build /layers/application/ /srv/parcels/
COPY --from=build /srv/parcels/start.sh /srv/parcels/start.sh
ENTRYPOINT ["./start.sh"]
