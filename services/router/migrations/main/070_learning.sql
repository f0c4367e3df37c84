-- How many decisions of people came since the router last learned from a city's log. A hint when to learn again, no
-- record: what is learned from is the log, and who loses this row learns a little later.

create table router.learning (
    city text primary key,
    decided integer not null
);

grant select, insert, update, delete on router.learning to tuntas_router;
