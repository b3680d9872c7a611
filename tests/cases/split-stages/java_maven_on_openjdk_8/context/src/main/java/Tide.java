public class Tide { public static void main(String[] a) { System.out.println("tide"); } }
