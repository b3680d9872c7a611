class PortTest { @org.junit.jupiter.api.Test void t() { org.junit.jupiter.api.Assertions.assertEquals("8080", System.getenv("PORT")); } }
