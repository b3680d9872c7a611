FROM tomcat:9-jdk17 AS build
RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
WORKDIR /tmp/shop
COPY . .
RUN mvn -q package && cp target/*.war /usr/local/tomcat/webapps/

FROM tomcat:9-jre17
RUN apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /tmp/shop
COPY --from=build /usr/local/tomcat/webapps/*.war /usr/local/tomcat/webapps/
COPY --from=build /tmp/shop/tomcat /tmp/shop/tomcat
WORKDIR $CATALINA_HOME
HEALTHCHECK CMD curl -f http://localhost:8080/shop
CMD ["catalina.sh", "run"]
