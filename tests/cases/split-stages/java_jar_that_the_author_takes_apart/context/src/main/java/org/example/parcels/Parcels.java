package org.example.parcels;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Parcels {
    public static void main(String[] args) {
        SpringApplication.run(Parcels.class, args);
    }

    @GetMapping("/parcels")
    String all() {
        return "on the road";
    }
}
