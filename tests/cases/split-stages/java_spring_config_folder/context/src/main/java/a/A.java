package a; import org.springframework.boot.SpringApplication; public class A { public static void main(String[] x) throws Exception { SpringApplication.run(A.class, x); } }
