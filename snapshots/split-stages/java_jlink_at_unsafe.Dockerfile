FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY pom.xml .
COPY src ./src
RUN mvn -B package -DskipTests
RUN jlink --strip-java-debug-attributes --no-man-pages --no-header-files --compress=2 --output /opt/java/runtime \
    --add-modules java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jdwp.agent,jdk.jfr,jdk.localedata,jdk.management.agent,jdk.management.jfr,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.xml.dom,jdk.zipfs

FROM debian:bookworm-slim
WORKDIR /app
ENV JAVA_HOME=/opt/java/runtime LANG=C.UTF-8 PATH=/opt/java/runtime/bin:$PATH
COPY --from=build /opt/java/runtime /opt/java/runtime
COPY --from=build /app/target/orders-1.2.0.jar /app/target/orders-1.2.0.jar
EXPOSE 8080
CMD ["java", "-jar", "target/orders-1.2.0.jar"]
