package a; import org.springframework.beans.factory.annotation.Value; class A { @Value("${t:file:./data/tpl}") String t; public static void main(String[] x) { } }
