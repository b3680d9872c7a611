package org.example.quotes;

import java.io.FileReader;
import java.util.Properties;

public class Service {
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        settings.load(new FileReader(System.getProperty("quotes.config")));
        System.out.println(new Quote(settings.getProperty("first")));
    }
}
