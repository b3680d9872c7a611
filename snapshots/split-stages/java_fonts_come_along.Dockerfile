FROM eclipse-temurin:17-jdk-jammy AS build

# ant builds it, DejaVu is what the labels are set in
RUN	apt-get update \
	&& apt-get install -y --no-install-recommends ant fontconfig fonts-dejavu-core \
	&& rm -rf /var/lib/apt/lists/*

WORKDIR /opt/labels
COPY build.xml build.xml
COPY src src
RUN ant -noinput jar

FROM eclipse-temurin:17-jre-jammy
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/labels
COPY --from=build /opt/labels/dist/labels.jar /opt/labels/dist/labels.jar
COPY templates templates

ENV JAVA_TOOL_OPTIONS -Djava.awt.headless=true
CMD java -jar dist/labels.jar templates/big.txt
