-- How far each bot that is asked (instead of calling us) has been read: everything before is stored with us.
create table intake.telegram_offset (
    city text primary key,
    next_update bigint not null,
    at timestamptz not null default now()
);

grant select, insert, update on intake.telegram_offset to tuntas_intake;
