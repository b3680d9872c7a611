package org.example.quotes;

public record Quote(String text) {}
