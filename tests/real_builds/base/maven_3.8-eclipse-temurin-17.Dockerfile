# tag: maven:3.8-eclipse-temurin-17
# also: maven:3.8 maven:3-eclipse-temurin-17 maven:3.9-eclipse-temurin-17
# set: java
FROM debian:bookworm-slim AS maven
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless maven junit4 \
        libmaven-assembly-plugin-java libmaven-clean-plugin-java libmaven-compiler-plugin-java \
        libmaven-dependency-plugin-java libmaven-deploy-plugin-java libmaven-install-plugin-java \
        libmaven-jar-plugin-java libmaven-resources-plugin-java libmaven-shade-plugin-java \
        libmaven-site-plugin-java libplexus-compiler-java libsurefire-java

FROM eclipse-temurin:17-jdk
COPY --from=maven /usr/share/java /usr/share/java
COPY --from=maven /usr/share/maven-repo /usr/share/maven-repo
COPY --from=maven /usr/share/maven /usr/share/maven
COPY --from=maven /etc/maven /etc/maven
# Maven Central is not asked: what is there is Debian's own repository, and offline
RUN ln -s /usr/share/maven/bin/mvn /usr/bin/mvn \
    && mkdir /root/.m2 \
    && printf '%s' '<settings><localRepository>/usr/share/maven-repo</localRepository><offline>true</offline></settings>' \
        > /root/.m2/settings.xml \
    && mvn --version
ENV MAVEN_HOME=/usr/share/maven MAVEN_CONFIG=/root/.m2
LABEL imgfix.standin="maven:3.8-eclipse-temurin-17: Debian's Maven 3.8 with Debian's offline repository"
CMD ["mvn"]
