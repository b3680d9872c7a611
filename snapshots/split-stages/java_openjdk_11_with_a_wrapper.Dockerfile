FROM openjdk:11-jdk-slim AS build
WORKDIR /app
COPY . .
RUN javac -d out src/main/java/Tide.java

FROM openjdk:11-jre-slim
WORKDIR /app
COPY --from=build /app/out /app/out
CMD ["java", "-cp", "out", "Tide"]
