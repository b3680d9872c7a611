plugins {
    java
    id("org.springframework.boot") version "3.2.0"
}

tasks.bootJar { archiveFileName.set("app.jar") }
