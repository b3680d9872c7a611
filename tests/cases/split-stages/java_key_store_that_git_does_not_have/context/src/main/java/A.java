public class A { public static void main(String[] a) throws Exception { new java.io.FileWriter("log.txt").close(); } }
