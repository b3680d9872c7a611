FROM eclipse-temurin:17
COPY . .
RUN ./gradlew --no-daemon bootJar && \
    rm -rf /root/.gradle
CMD ["java", "-jar", "build/libs/app.jar"]
