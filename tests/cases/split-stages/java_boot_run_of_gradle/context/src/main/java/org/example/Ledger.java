package org.example;

public class Ledger {
    public static void main(String[] args) throws Exception {
        System.out.println("balance 0");
        Thread.sleep(Long.MAX_VALUE);
    }
}
