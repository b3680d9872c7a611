FROM eclipse-temurin:21
WORKDIR /src
COPY build.gradle settings.gradle gradlew ./
COPY gradle ./gradle/
RUN ./gradlew dependencies --no-daemon
COPY . .
RUN ./gradlew clean build --no-daemon -x test
