class A { public static void main(String[] a) throws Exception { new java.io.FileReader(a[0]).read(); } }
