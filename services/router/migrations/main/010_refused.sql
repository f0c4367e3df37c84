-- Commands that were refused, so that a repeat gets the same answer however things stand by then. Codes and sentences of
-- our own only. Kept for 30 days: a client that repeats later than that is decided anew.

create table router.refused (
    cause text primary key,
    refusal jsonb not null,
    at timestamptz not null
);
create index refused_at on router.refused (at);

grant select, insert, delete on router.refused to tuntas_router;
