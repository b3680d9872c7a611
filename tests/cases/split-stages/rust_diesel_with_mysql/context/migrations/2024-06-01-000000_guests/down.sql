drop table guests;
