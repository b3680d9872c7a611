package a;
public class A { public static void main(String[] a) throws Exception { System.out.println("x"); Thread.sleep(100000); } }
