-- Messages beyond a person's or a channel's budget: kept sealed until nobody else waits; afterwards the row is the mark.
-- `person` is the keyed alias. Like the inbox it is no part of the log, and backed up with the vault.
create table intake.slowed (
    message_key text primary key,
    city text not null,
    channel text not null,
    door text not null,
    person text not null,
    why text not null check (why in ('person', 'channel')),
    sealed text not null,
    at timestamptz not null,
    done boolean not null default false
);
create index slowed_waiting on intake.slowed (person, at) where not done;
create index slowed_of_city on intake.slowed (city, at);

-- How many messages came by a door in an hour: what is usual there, so that silence is noticed.
create table intake.heard (
    city text not null,
    door text not null,
    hour timestamptz not null,
    messages integer not null,
    last timestamptz not null,
    primary key (city, door, hour)
);

grant select, insert, update, delete on intake.slowed to tuntas_intake;
grant select, insert, update on intake.heard to tuntas_intake;
