# tag: eclipse-temurin:17-jre
# also: eclipse-temurin:17-jre-jammy
# set: java
FROM debian:bookworm-slim AS jre
RUN mkdir -p /usr/share/man/man1 /opt/java \
    && apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless ca-certificates-java \
    && cd /usr/lib/jvm/java-17-openjdk-amd64 \
    && rm -rf docs lib/src.zip \
    # links into /etc become files
    && cp -rL . /opt/java/openjdk

FROM debian:bookworm-slim
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:$PATH JAVA_VERSION=jdk-17
ENV LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        binutils ca-certificates curl fontconfig gnupg libharfbuzz0b libjpeg62-turbo liblcms2-2 locales \
        p11-kit tzdata wget \
    && echo en_US.UTF-8 UTF-8 >> /etc/locale.gen \
    && locale-gen en_US.UTF-8 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=jre /opt/java/openjdk /opt/java/openjdk
RUN java -version
LABEL imgfix.standin="eclipse-temurin:17-jre: Debian's OpenJDK 17 on Debian (public: Temurin on Ubuntu)"
