package a; public class A { public static void main(String[] x) throws Exception {  } }
