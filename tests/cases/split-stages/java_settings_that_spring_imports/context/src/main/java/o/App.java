package o;
public class App{public static void main(String[] a)throws Exception{}}