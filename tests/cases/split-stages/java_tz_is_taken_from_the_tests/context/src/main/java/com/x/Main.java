package com.x; class Main { public static void main(String[] a) throws Exception { } }
