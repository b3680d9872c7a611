package badge;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Measures texts. */
final class Ruler {
    private static final Font FONT = new Font("DejaVu Sans", Font.PLAIN, 11);

    private Ruler() {}

    static int width(String text) {
        var context = new FontRenderContext(null, true, true);
        return (int) Math.ceil(FONT.getStringBounds(text, context).getWidth());
    }
}
