FROM maven:3.9-eclipse-temurin-17
COPY . .
RUN mvn package && rm -rf /root/.m2/repository
RUN ./check.sh
CMD ["java", "-jar", "target/app.jar"]
