-- Who may hand reports in over Open311. Only a digest: a key is shown once, when it is made.
create table intake.open311_key (
    digest bytea primary key,
    city text not null,
    name text not null,
    made_at timestamptz not null default now(),
    ends_at timestamptz,
    used_at timestamptz
);
create index open311_key_name on intake.open311_key (city, name);

grant select, insert, update on intake.open311_key to tuntas_intake;
