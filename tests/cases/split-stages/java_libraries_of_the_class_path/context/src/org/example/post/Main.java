package org.example.post;

public class Main {
    public static void main(String[] args) throws Exception {
        try (var text = Main.class.getResourceAsStream("/text/stamp.txt")) {
            System.out.write(text.readAllBytes());
        }
        System.out.println(new java.io.File("resources/rates.csv").length());
        System.out.flush();
    }
}
