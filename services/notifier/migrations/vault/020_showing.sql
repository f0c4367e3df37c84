-- Proof of work in public: complaints to look at, and what was begun at which account. The complaint itself says what is
-- to stand there; a row without an outcome was begun, and nobody knows what became of it.
create table delivery.showing (
    complaint text primary key,
    city text not null,
    next_at timestamptz not null default now(),
    tries integer not null default 0
);
create index showing_waits on delivery.showing (next_at);

create table delivery.post (
    complaint text not null,
    number integer not null,
    account text not null,
    began_at timestamptz not null default now(),
    primary key (complaint, number, account)
);

grant select, insert, update, delete on delivery.showing, delivery.post to tuntas_notifier;
