FROM jetty:12.0-jdk17-alpine AS build
RUN java -jar "$JETTY_HOME/start.jar" --add-modules=ee10-deploy,ee10-jsp
USER root
RUN apk add --no-cache maven
COPY --chown=jetty . /tmp/shop/
USER jetty
RUN cd /tmp/shop \
    && mvn -q package \
    && cp target/shop.war /var/lib/jetty/webapps/

FROM jetty:12.0-jre17-alpine
RUN java -jar "$JETTY_HOME/start.jar" --add-modules=ee10-deploy,ee10-jsp
USER jetty
COPY --from=build --chown=jetty /var/lib/jetty/webapps/shop.war /var/lib/jetty/webapps/shop.war
