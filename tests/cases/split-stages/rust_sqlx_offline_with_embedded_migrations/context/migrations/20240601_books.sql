create table books (isbn text primary key);
