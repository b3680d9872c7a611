FROM eclipse-temurin:17
COPY . .
RUN gradle -p app --no-daemon assemble \
 && cp app/build/libs/app.jar /app.jar \
 && rm -rf /root/.gradle/caches
CMD ["java", "-jar", "/app.jar"]
