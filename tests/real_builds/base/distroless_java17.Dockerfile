# tag: gcr.io/distroless/java17-debian12:latest
# also: gcr.io/distroless/java17:latest
# nonroot: gcr.io/distroless/java17-debian12:nonroot gcr.io/distroless/java17:nonroot
# set: distroless
FROM imgfix-fetch AS packages
COPY unpack_packages.sh /
RUN /unpack_packages.sh openjdk-17-jre-headless fontconfig-config fonts-dejavu-core libbrotli1 libcrypt1 libexpat1 \
        libfontconfig1 libfreetype6 libglib2.0-0 libgraphite2-3 libharfbuzz0b libjpeg62-turbo liblcms2-2 \
        libpcre2-8-0 libpng16-16 libuuid1 zlib1g \
    && mkdir -p /out/usr/bin /out/usr/lib/locale \
    && ln -s ../lib/jvm/java-17-openjdk-amd64/bin/java /out/usr/bin/java \
    # the locale that LANG names
    && cp -a /usr/lib/locale/C.utf8 /out/usr/lib/locale/

FROM gcr.io/distroless/cc-debian12
COPY --from=packages /out /
# the trust store, which no package holds: installing makes it
COPY --from=eclipse-temurin:17-jre /opt/java/openjdk/lib/security/cacerts /etc/ssl/certs/java/cacerts
ENV JAVA_VERSION=17 LANG=C.UTF-8
LABEL imgfix.standin="gcr.io/distroless/java17-debian12: the same Debian packages, unpacked"
ENTRYPOINT ["/usr/bin/java", "-jar"]
