FROM eclipse-temurin:17
COPY . .
RUN chmod +x mvnw && \
    ./mvnw -f pom.xml clean install && \
    rm -rf /root/.m2/repository
CMD ["java", "-jar", "target/app.jar"]
