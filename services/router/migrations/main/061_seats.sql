-- When a seat last asked or commanded something; of its pages the sessions tell, of its program the queue. A restart
-- or a rebuild may lose it: the next sign is written anew.
create table router.seat_seen (
    city text not null,
    seat text not null,
    at timestamptz not null,
    primary key (city, seat)
);
grant select, insert, update, delete on router.seat_seen to tuntas_router;
