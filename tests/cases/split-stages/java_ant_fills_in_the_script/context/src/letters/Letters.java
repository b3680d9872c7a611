package letters;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;

/** Counts the letters of a text. */
public final class Letters {
    private Letters() {}

    private static Map<Character, Integer> count(String path) throws IOException {
        Map<Character, Integer> counts = new TreeMap<>();
        // In whatever encoding the environment says.
        try (var reader = new BufferedReader(new FileReader(path))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (Character.isLetter(c)) {
                    counts.merge(Character.toLowerCase((char) c), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    public static void main(String[] args) throws IOException {
        for (String path : args) {
            count(path).forEach((letter, times) ->
                    System.out.println(letter + ": " + times + " (" + Charset.defaultCharset() + ")"));
        }
    }
}
