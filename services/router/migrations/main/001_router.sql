-- What the router needs to find again: due times, and which office holds what. All of it follows from the log.

create schema if not exists router;

-- A due time. Identity: the complaint, the clock, the seat and the event that started it; `due` may move.
-- `settle`: the chat has been silent long enough. `confirm`: the reporter's time for a further word is over.
create table router.clock (
    city text not null,
    complaint text not null,
    clock text not null check (clock in ('first_response', 'resolve', 'instruction', 'settle', 'confirm')),
    seat text not null default '',
    started integer not null,
    due timestamptz not null,
    primary key (complaint, clock, seat, started)
);
create index clock_due on router.clock (due);

-- Open tasks of each seat, for `open_work`.
create table router.work (
    city text not null,
    seat text not null,
    complaint text not null,
    primary key (city, seat, complaint)
);
create index work_complaint on router.work (complaint);

-- Services that are off, from the city's facts.
create table router.interruption (
    id text primary key,
    city text not null,
    function text not null,
    ward_codes text[] not null,
    expected_end timestamptz,
    at timestamptz not null,
    restored_at timestamptz
);
create index interruption_open on router.interruption (city, function) where restored_at is null;

grant usage on schema router to tuntas_router;
grant select, insert, update, delete on router.clock, router.work, router.interruption to tuntas_router;
