FROM maven:3.9-eclipse-temurin-17
COPY . .
RUN mvn -B -DskipTests package && rm -rf /root/.m2/repository
CMD ["java", "-jar", "target/app.jar"]
