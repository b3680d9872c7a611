package code;

import io.javalin.Javalin;
import io.javalin.rendering.template.JavalinJte;

public class App {
    public static void main(String[] args) {
        Javalin.create(c -> c.fileRenderer(new JavalinJte()))
            .get("/", ctx -> ctx.render("index.jte"))
            .start(7070);
    }
}
