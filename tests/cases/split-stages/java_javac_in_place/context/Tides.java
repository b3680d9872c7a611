import java.nio.file.Files;
import java.nio.file.Path;

public class Tides {
    record Tide(String place, String high) {}

    public static void main(String[] args) throws Exception {
        for (String line : Files.readAllLines(Path.of("tides.csv"))) {
            String[] cells = line.split(",");
            if (cells[0].equals(args[0])) System.out.println(new Tide(cells[0], cells[1]));
        }
    }
}
