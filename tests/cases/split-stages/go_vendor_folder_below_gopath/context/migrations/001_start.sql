create table tally (id serial primary key, what text not null);
