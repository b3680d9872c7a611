package org.example;

public class Shelf {
    public static void main(String[] args) { System.out.println("12 books"); }
}
