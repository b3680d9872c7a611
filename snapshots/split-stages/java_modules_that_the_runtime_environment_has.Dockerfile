FROM maven:3.9.9-eclipse-temurin-21 AS build
ENV MAVEN_OPTS="--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED"
WORKDIR /app
COPY . .
RUN mvn -B package

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/lens-1.jar /app/target/lens-1.jar
CMD ["java", "-Djdk.tls.client.protocols=TLSv1.3", "--add-modules", "jdk.incubator.vector", "-jar", "target/lens-1.jar"]
