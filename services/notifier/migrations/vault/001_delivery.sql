-- What was to be sent, what was tried and what came of it. The only memory of that: backed up with the vault, never
-- rebuilt; without it a replay of the log would send everything again. No name, number or word of a person stands here.

create table delivery.notice (
    seq bigint generated always as identity,
    id text primary key,                 -- keyed hash of what it is about: the same notice is planned once, for ever
    city text not null,
    channel text not null,
    door text not null,
    owner text not null,                 -- complaint, or conversation for an answer
    party text not null,
    template text not null,
    version int not null,
    about int,                           -- n of the event that it tells; null for an answer
    asked text[],                        -- complaints that an answer speaks of; null for a notice
    form text check (form in ('free', 'template')),
    status text not null default 'queued' check (status in (
        'queued',       -- waits in OUTBOUND
        'deferred',     -- waits until next_at, then goes to OUTBOUND again
        'sending',      -- intent recorded; without an outcome by next_at it becomes unknown
        'unknown',      -- may or may not have been sent; a receipt tells, or policy at next_at
        'published',    -- an external adapter has it in its queue
        'accepted', 'sent', 'delivered', 'read',
        'unreachable',  -- given up, as a fact
        'dropped',      -- nobody to send to any more
        'skipped'       -- overtaken: no longer true when its turn came
    )),
    attempts int not null default 0,
    failures int not null default 0,     -- attempts that count against the message: not the provider asking to wait
    next_at timestamptz not null,
    provider_key text,                   -- keyed hash of the provider's id
    reason text,
    fact text not null default 'none' check (fact in ('none', 'told_due', 'told', 'unreachable_due', 'unreachable')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create index notice_waits on delivery.notice (next_at, status) where status in ('queued', 'deferred', 'sending', 'unknown');
create index notice_order on delivery.notice (owner, seq) where status in ('queued', 'deferred', 'sending');
create index notice_provider on delivery.notice (provider_key) where provider_key is not null;
create index notice_fact on delivery.notice (updated_at) where fact in ('told_due', 'unreachable_due');

create table delivery.attempt (
    notice text not null references delivery.notice (id),
    number int not null,
    form text not null,
    began_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    outcome text,                        -- accepted, window_closed, slow, passing, stopped, not_reached, lost
    code text,
    primary key (notice, number)
);

-- The latest receipt of each channel: silence about one message means something only while others are heard of.
create table delivery.heard (
    city text not null,
    channel text not null,
    last_receipt_at timestamptz not null,
    primary key (city, channel)
);

grant usage on schema delivery to tuntas_notifier;
grant select, insert, update on delivery.notice, delivery.attempt, delivery.heard to tuntas_notifier;
