-- A notice may go other ways than the one it was planned for, in an order that is fair, within what may be spent.

alter table delivery.notice
    add column way text,                 -- channel that it is to go by now; the rungs above it are in `tried`
    add column at_door text,             -- and by which of the city's doors
    add column tried text[] not null default '{}',    -- rungs that failed for good, as `rung:reason`
    add column why text,                 -- why this rung: what spoke against the one above it
    add column urgent boolean not null default false,
    add column lane text,                -- what it shares its turns with: everything about one matter
    add column rank double precision not null default 0;   -- whose turn is first: the lowest
update delivery.notice set way = channel, at_door = door, lane = owner, rank = extract(epoch from created_at);
alter table delivery.notice alter column way set not null, alter column at_door set not null,
    alter column lane set not null;

alter table delivery.notice drop constraint notice_form_check;
alter table delivery.notice add constraint notice_form_check
    check (form in ('free', 'template', 'private', 'public', 'sms', 'email', 'call'));
alter table delivery.notice drop constraint notice_status_check;
alter table delivery.notice add constraint notice_status_check check (status in (
    'queued', 'deferred', 'sending', 'unknown', 'published', 'accepted', 'sent', 'delivered', 'read',
    'calling',      -- on the desk's call list
    'unreachable', 'dropped', 'skipped'));
alter table delivery.notice drop constraint notice_fact_check;
alter table delivery.notice add constraint notice_fact_check check (fact in
    ('none', 'told_due', 'told', 'call_due', 'call', 'unreachable_due', 'unreachable'));

drop index delivery.notice_fact;
create index notice_fact on delivery.notice (updated_at) where fact in ('told_due', 'call_due', 'unreachable_due');
create index notice_turn on delivery.notice (city, at_door, rank, seq) where status = 'queued';
create index notice_lane on delivery.notice (lane) where status in ('queued', 'deferred');

alter table delivery.attempt add column way text, add column cost int not null default 0;

-- What a city has spent on one of its days: counted before a message goes out, given back if it certainly did not.
create table delivery.spent (
    city text not null,
    day date not null,
    rupiah bigint not null default 0,
    messages int not null default 0,
    warned_at timestamptz,
    stopped_at timestamptz,
    primary key (city, day)
);

-- Staff let messages that cost go out although the day's budget is spent.
create table delivery.lifted (
    city text not null,
    day date not null,
    at timestamptz not null default now(),
    by_whom text not null check (by_whom <> ''),
    why text not null check (why <> ''),
    primary key (city, day)
);

-- People that a talk was opened with, by a keyed hash: the provider limits how many in 24 hours.
create table delivery.opened (
    city text not null,
    channel text not null,
    person text not null,
    at timestamptz not null default now(),
    primary key (city, channel, person)
);
create index opened_at on delivery.opened (city, channel, at);

grant select, insert, update on delivery.spent, delivery.opened to tuntas_notifier;
grant select on delivery.lifted to tuntas_notifier;
grant usage on schema delivery to tuntas_reporting;
grant select on delivery.spent, delivery.lifted to tuntas_reporting;
grant insert on delivery.lifted to tuntas_reporting;
