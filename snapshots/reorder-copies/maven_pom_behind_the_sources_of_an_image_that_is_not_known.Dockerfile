FROM example.org/maven

COPY pom.xml /usr/src/app/
WORKDIR /usr/src/app

RUN mvn -B dependency:go-offline
COPY src /usr/src/app/src
COPY pom.xml /usr/src/app
RUN mvn -B package
