-- How each complaint was first given out, as the rules saw it: what a dry run of other rules looks at. All of it follows
-- from the log; no words, no places nearer than the kelurahan.
create table router.routed (
    complaint text primary key,
    city text not null,
    ticket text not null,
    at timestamptz not null,
    facts text not null,
    lead text not null,
    beside text not null,
    rule text not null,
    policy integer not null
);
create index routed_last on router.routed (city, at desc);
comment on column router.routed.facts is 'JSON array, in the order of services.router.rules.history.FACTS';
comment on column router.routed.beside is 'territorial seat, then the supporting ones, with commas; a first empty one: none';

grant select, insert on router.routed to tuntas_router;
