create table guests (name varchar(80));
