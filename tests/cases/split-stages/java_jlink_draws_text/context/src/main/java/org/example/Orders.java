package org.example;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class Orders {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/orders", exchange -> {
            byte[] answer = "[]".getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        System.out.println(new Font("Serif", Font.PLAIN, 12).getStringBounds("orders", new FontRenderContext(null, true, true)));
        server.start();
    }
}
