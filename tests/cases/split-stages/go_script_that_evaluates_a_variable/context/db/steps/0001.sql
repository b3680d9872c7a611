create table stock (sku text primary key, amount int);
