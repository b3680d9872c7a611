package a; class A { @Value("${t:file:./data/tpl}") String t; }
