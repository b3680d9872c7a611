class ZoneTest { @org.junit.jupiter.api.Test void t() { org.junit.jupiter.api.Assertions.assertEquals("Asia/Tokyo", java.time.ZoneId.systemDefault().getId()); } }
