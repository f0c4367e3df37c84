-- Accounts and sessions of staff. Not rebuildable: backed up with the vault.
create schema if not exists staff;

create table staff.account (
    city text not null,
    seat text not null,
    holder text,
    password text not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    closed_at timestamptz,
    primary key (city, seat)
);
comment on column staff.account.password is 'argon2id, as PHC string';
comment on column staff.account.holder is 'who holds the seat now; the seat, not the person, is what acts';

create table staff.session (
    id bytea primary key,
    city text not null,
    seat text not null,
    csrf text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    foreign key (city, seat) references staff.account (city, seat) on delete cascade
);
comment on column staff.session.id is 'SHA-256 of the cookie: a reader of this table cannot take a session over';
create index session_by_seat on staff.session (city, seat);
create index session_by_end on staff.session (expires_at);

create table staff.login_attempt (
    key text primary key,
    failures integer not null,
    last_at timestamptz not null,
    wait_until timestamptz not null
);

grant usage on schema staff to tuntas_reporting;
grant select, insert, update, delete on staff.account, staff.session, staff.login_attempt to tuntas_reporting;
