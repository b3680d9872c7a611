FROM eclipse-temurin:17-jdk AS build
WORKDIR /opt/badge
COPY manifest.txt ./
COPY src src
RUN mkdir classes && javac -d classes $(find src -name '*.java')
RUN cp -r src/resources/* classes/ && jar cfm badge.jar manifest.txt -C classes .

# A shell for the entry point, curl for the health check, the desktop modules for the fonts.
FROM eclipse-temurin:17-jre
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/badge
COPY --from=build /opt/badge/badge.jar ./
ENV JAVA_OPTS="-Xmx64m -Djava.awt.headless=true"
EXPOSE 8499
HEALTHCHECK --interval=30s --timeout=5s CMD curl -fsS http://localhost:8499/health || exit 1
ENTRYPOINT exec java $JAVA_OPTS -jar badge.jar
