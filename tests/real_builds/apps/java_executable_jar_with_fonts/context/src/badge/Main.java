package badge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public final class Main {
    private static final int MARGIN = 8;

    private Main() {}

    private static String template() throws IOException {
        try (var in = Main.class.getResourceAsStream("/badge.svg")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    public static void main(String[] args) throws IOException {
        String svg = template();
        var server = HttpServer.create(new InetSocketAddress(8499), 0);
        server.createContext("/health", exchange -> send(exchange, "text/plain", "fine\n"));
        server.createContext("/badge/", exchange -> {
            String text = exchange.getRequestURI().getPath().substring("/badge/".length());
            String safe = text.replace("&", "&amp;").replace("<", "&lt;");
            send(exchange, "image/svg+xml", svg.formatted(Ruler.width(text) + 2 * MARGIN, safe));
        });
        server.start();
        System.out.println("heap of " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
    }
}
