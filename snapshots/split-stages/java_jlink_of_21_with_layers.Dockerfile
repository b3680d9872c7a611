FROM gradle:8.10-jdk21 AS build
WORKDIR /srv/parcels
COPY . .
RUN gradle --no-daemon bootJar && mv build/libs/parcels-0.0.1.jar parcels.jar
RUN chmod +x start.sh
RUN jlink --strip-java-debug-attributes --no-man-pages --no-header-files --compress=zip-6 --output /opt/java/runtime \
    --add-modules java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jdwp.agent,jdk.jfr,jdk.localedata,jdk.management.agent,jdk.management.jfr,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.xml.dom,jdk.zipfs
RUN java -Djarmode=tools -jar /srv/parcels/parcels.jar extract --layers --destination /layers

FROM debian:bookworm-slim
WORKDIR /srv/parcels
ENV JAVA_HOME=/opt/java/runtime LANG=C.UTF-8 PATH=/opt/java/runtime/bin:$PATH
COPY --from=build /opt/java/runtime /opt/java/runtime
COPY --from=build /layers/dependencies/ /srv/parcels/
COPY --from=build /layers/snapshot-dependencies/ /srv/parcels/
COPY --from=build /layers/application/ /srv/parcels/
COPY --from=build /srv/parcels/start.sh /srv/parcels/start.sh
ENTRYPOINT ["./start.sh"]
