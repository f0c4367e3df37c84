-- Where the holder of a seat wants to hear, and from where he may act. A number counts once its code was typed back.
-- The number itself stands sealed in `vault.contact` under `id`; here only its keyed hash. Backed up with the vault.
create table staff.contact (
    id text primary key,
    city text not null,
    seat text not null,
    channel text not null,
    door text not null,
    alias text not null,                 -- as the door derives it of whoever writes
    code text,                           -- sealed with the contact's own key; gone once it was typed back
    code_until timestamptz not null,
    tries integer not null default 0,
    told_at timestamptz,                 -- the notifier has planned the code's message
    asked_at timestamptz not null default now(),
    confirmed_at timestamptz,
    check ((code is null) = (confirmed_at is not null))
);
create unique index contact_of_one on staff.contact (city, channel, alias) where confirmed_at is not null;
create index contact_by_alias on staff.contact (alias) where confirmed_at is not null;
create index contact_by_seat on staff.contact (city, seat);
create index contact_untold on staff.contact (asked_at) where told_at is null;

grant select, insert, update, delete on staff.contact to tuntas_reporting;
grant usage on schema staff to tuntas_intake, tuntas_notifier;
grant select (id, city, seat, channel, alias, confirmed_at) on staff.contact to tuntas_intake;
grant select on staff.contact to tuntas_notifier;
grant update (told_at) on staff.contact to tuntas_notifier;
-- A seat that changes hands takes no number with it.
grant select (id, city, seat), delete on staff.contact to tuntas_router;
