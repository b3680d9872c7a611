import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

public class Stations {
    private final Map<String, Station> byCode;

    Stations(String path) throws IOException {
        // In whatever encoding the environment says.
        try (var reader = new BufferedReader(new FileReader(path))) {
            byCode = reader.lines().map(Station::of)
                    .collect(Collectors.toMap(Station::code, Function.identity()));
        }
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Station found = byCode.get(path.substring(path.lastIndexOf('/') + 1));
        byte[] text = (found == null ? "no such station\n" : found.name() + "\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(found == null ? 404 : 200, text.length);
        try (var out = exchange.getResponseBody()) {
            out.write(text);
        }
    }

    public static void main(String[] args) throws IOException {
        var stations = new Stations("stations.csv");
        var server = HttpServer.create(new InetSocketAddress(8498), 0);
        server.createContext("/stations/", stations::answer);
        server.start();
    }
}
