FROM tomcat:9 AS build
RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
WORKDIR /tmp/shop
COPY . .
RUN mvn -q package && mv target/shop.war $CATALINA_HOME/webapps/ROOT.war

FROM tomcat:9
WORKDIR /tmp/shop
COPY --from=build /usr/local/tomcat/webapps/ROOT.war /usr/local/tomcat/webapps/ROOT.war
COPY --from=build /tmp/shop/tomcat /tmp/shop/tomcat
EXPOSE 8080
CMD catalina.sh run
