CREATE TABLE river (name TEXT PRIMARY KEY, km INTEGER NOT NULL);
INSERT INTO river VALUES ('Nile', 6650), ('Amazon', 6400), ('Yangtze', 6300), ('Danube', 2850), ('Thames', 346);
