-- What providers say of the city's own accounts (quality, templates, restrictions). Nothing of a citizen stands here.
create table intake.account_notice (
    message_key text primary key,
    city text not null,
    channel text not null,
    door text,
    topic text not null,
    level text not null check (level in ('info', 'warning', 'critical')),
    code text not null,
    sentence text,
    at timestamptz not null
);
create index account_notice_at on intake.account_notice (at);

grant select, insert, delete on intake.account_notice to tuntas_intake;
grant select on intake.account_notice to tuntas_reporting;
