public class A { public static void main(String[] a) throws Exception { new java.io.FileInputStream("src/main/resources/a.properties"); new java.io.File("uploads").mkdirs(); } }
