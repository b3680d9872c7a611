plugins {
    java
    id("org.springframework.boot") version "3.4.2"
    id("io.spring.dependency-management") version "1.1.7"
}

group = "org.example"
version = "0.0.1"

repositories { mavenCentral() }

dependencies { implementation("org.springframework.boot:spring-boot-starter-web") }

tasks.named("jar") { enabled = false }
