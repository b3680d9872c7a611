package org.example.titles;

import org.apache.commons.text.WordUtils;

public final class Main {
    private Main() {}

    static String title(String text) {
        return WordUtils.capitalizeFully(text);
    }

    public static void main(String[] args) {
        for (String text : args) {
            System.out.println(System.getenv("GREETING") + ": " + title(text));
        }
    }
}
