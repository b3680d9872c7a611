FROM eclipse-temurin:17 AS build
WORKDIR /usr/src/stations
COPY *.java ./
RUN javac *.java

FROM gcr.io/distroless/java17-debian12
WORKDIR /usr/src/stations
COPY --from=build /usr/src/stations/*.class ./
COPY stations.csv ./
EXPOSE 8498
# The image's own entry point is `java -jar`.
ENTRYPOINT []
CMD ["java", "Stations"]
