FROM tomcat:10.1-jdk17-temurin AS build
RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*
COPY tomcat/context.xml /usr/local/tomcat/conf/context.xml
COPY pom.xml /build/
COPY src /build/src
RUN mvn -q -f /build/pom.xml package && cp /build/target/shop.war webapps/ && rm -rf /build

FROM tomcat:10.1-jre17-temurin
COPY --from=build /usr/local/tomcat/webapps/shop.war /usr/local/tomcat/webapps/shop.war
COPY --from=build /usr/local/tomcat/conf/context.xml /usr/local/tomcat/conf/context.xml
EXPOSE 8080
CMD ["catalina.sh", "run"]
