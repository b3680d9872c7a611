FROM jetty:9.4-jdk11 AS build
USER root
RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml .
COPY src src
RUN mvn -q package && cp target/shop.war $JETTY_BASE/webapps/ROOT.war

FROM jetty:9.4-jre11
USER root
WORKDIR /src
COPY --from=build /var/lib/jetty/webapps/ROOT.war /var/lib/jetty/webapps/ROOT.war
WORKDIR /var/lib/jetty
# as the image has it
USER jetty
