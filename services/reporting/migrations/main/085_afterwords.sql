-- What reporters said of how it went, after they had confirmed.
alter table reporting.tally
    add column said_after integer not null default 0,
    add column satisfied integer not null default 0,
    add column dissatisfied integer not null default 0;
