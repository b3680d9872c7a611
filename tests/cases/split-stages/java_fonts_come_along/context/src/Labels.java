import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.nio.file.Files;
import java.nio.file.Path;

public class Labels {
    public static void main(String[] args) throws Exception {
        Font font = new Font("DejaVu Sans", Font.PLAIN, 12);
        String text = Files.readString(Path.of(args[0]));
        System.out.println(font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth());
    }
}
