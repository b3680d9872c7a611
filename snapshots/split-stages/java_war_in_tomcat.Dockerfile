FROM tomcat:10.1-jdk17 AS build
RUN apt-get update && \
    apt-get install -y maven
ENV CATALINA_OPTS="-Xms128m"
COPY pom.xml /tmp/shop/
COPY src /tmp/shop/src/
RUN cd /tmp/shop \
    && mvn -q package \
    && rm -rf /usr/local/tomcat/webapps/ROOT \
    && cp target/shop.war /usr/local/tomcat/webapps/ROOT.war

FROM tomcat:10.1-jre17
ENV CATALINA_OPTS="-Xms128m"
COPY --from=build /usr/local/tomcat/webapps/ROOT.war /usr/local/tomcat/webapps/ROOT.war
# the pool
COPY tomcat/context.xml conf/context.xml
EXPOSE 8080
