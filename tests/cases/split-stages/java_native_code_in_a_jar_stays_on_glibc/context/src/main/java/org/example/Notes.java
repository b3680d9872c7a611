package org.example;

import java.sql.DriverManager;

public class Notes {
    public static void main(String[] args) throws Exception {
        try (var db = DriverManager.getConnection("jdbc:sqlite:" + System.getenv("NOTES_DB"))) {
            System.out.println(db.getMetaData().getDatabaseProductVersion());
        }
    }
}
