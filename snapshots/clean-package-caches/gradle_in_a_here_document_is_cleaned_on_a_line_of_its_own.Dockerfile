FROM eclipse-temurin:17
COPY . .
RUN <<EOF
set -e
./gradlew --no-daemon shadowJar
rm -rf /root/.gradle/caches
EOF
CMD ["java", "-jar", "build/libs/app.jar"]
