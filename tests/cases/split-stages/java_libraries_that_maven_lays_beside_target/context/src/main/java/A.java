import com.google.common.base.Joiner;
public class A { public static void main(String[] a) { System.out.println(Joiner.on(" ").join("hello", "world")); } }
