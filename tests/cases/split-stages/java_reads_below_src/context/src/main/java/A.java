class A { public static void main(String[] a) throws Exception { System.out.println(new java.io.File("src/main/resources/img/" + System.getenv("N")).length()); } }
