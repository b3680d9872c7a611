FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /var/lib/notes
COPY . /usr/src/notes
RUN mvn -f /usr/src/notes/pom.xml -B package dependency:copy-dependencies -DincludeScope=runtime

FROM eclipse-temurin:17-jre
WORKDIR /var/lib/notes
COPY --from=build /usr/src/notes/target /usr/src/notes/target
ENV NOTES_DB=/var/lib/notes/notes.db
CMD ["java", "-cp", "/usr/src/notes/target/notes-1.jar:/usr/src/notes/target/dependency/*", "org.example.Notes"]
