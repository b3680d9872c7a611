FROM maven:3.8-eclipse-temurin-17 AS build
WORKDIR /usr/src/app
COPY pom.xml ./
RUN mvn -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib
COPY src src
RUN mvn -B package -DskipTests

FROM gcr.io/distroless/java17-debian12
WORKDIR /usr/src/app
COPY --from=build /usr/src/app/lib target/lib
COPY --from=build /usr/src/app/target/titles.jar target/
ENV GREETING="Good morning"
ENTRYPOINT ["java", "-cp", "target/titles.jar:target/lib/*", "org.example.titles.Main"]
CMD ["hello world"]
