FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y ant openjdk-17-jdk-headless
WORKDIR /opt/letters
COPY . .
RUN ant jar

FROM debian:bookworm-slim
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update && apt-get install -y openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/letters
COPY --from=build /opt/letters/dist/letters.jar /opt/letters/dist/letters.jar
COPY --from=build /opt/letters/lib /opt/letters/lib
CMD ["java", "-jar", "dist/letters.jar"]
