package org.example;

import com.google.gson.Gson;
import java.util.Map;

public class Bulletin {
    public static void main(String[] args) {
        System.out.println(new Gson().toJson(Map.of("wind", 4)));
    }
}
