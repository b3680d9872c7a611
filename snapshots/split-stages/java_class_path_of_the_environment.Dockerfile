FROM eclipse-temurin:21-jdk AS build
ENV CLASSPATH=/usr/src/out
WORKDIR /usr/src/tides
COPY . .
RUN javac -d /usr/src/out Tides.java

FROM eclipse-temurin:21-jre
ENV CLASSPATH=/usr/src/out
WORKDIR /usr/src/tides
COPY --from=build /usr/src/out /usr/src/out
CMD ["java", "Tides"]
