FROM eclipse-temurin:21 AS build
COPY . /usr/src/tides
WORKDIR /usr/src/tides
RUN javac *.java

FROM eclipse-temurin:21-jre
WORKDIR /usr/src/tides
COPY --from=build /usr/src/tides /usr/src/tides
CMD ["java", "Tides", "lisbon"]
