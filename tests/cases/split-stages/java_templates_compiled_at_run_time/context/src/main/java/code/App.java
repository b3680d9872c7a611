package code;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.ResourceCodeResolver;
import io.javalin.Javalin;
import io.javalin.rendering.template.JavalinJte;

public class App {
    public static void main(String[] args) {
        var resolver = new ResourceCodeResolver("templates", App.class.getClassLoader());
        var engine = TemplateEngine.create(resolver, ContentType.Html);
        Javalin.create(c -> c.fileRenderer(new JavalinJte(engine)))
            .get("/", ctx -> ctx.render("root.jte"))
            .start(7070);
    }
}
