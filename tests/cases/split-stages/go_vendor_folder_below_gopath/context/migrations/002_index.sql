create index tally_what on tally (what);
