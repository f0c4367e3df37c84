-- What was decided at the door, once and for ever. Backed up with the vault: nothing here can be rebuilt from the log.
-- Every id of a person or message is a keyed hash; nothing a person wrote stands here in clear.

-- Which chat an id of a person belongs to: a number and a scoped id of one person lead to the same chat.
-- `again` counts the times the person was forgotten, so that a new chat gets a new key.
create table intake.alias (
    alias text primary key,
    conversation text not null,
    again integer not null default 0
);
create index alias_conversation on intake.alias (conversation);

-- A row to lock: whoever decides on a chat's message holds it.
create table intake.conversation (
    id text primary key,
    city text not null,
    channel text not null,
    last_heard_at timestamptz not null
);

-- A chat's complaints as far as the conversation needs to know them. `phase` and `asked` follow the log (up to `n`).
create table intake.complaint (
    complaint text primary key,
    city text not null,
    ticket text not null,
    conversation text,
    phase text not null default 'open' check (phase in ('open', 'resolved', 'closed', 'withdrawn')),
    asked boolean not null default false,
    topics text[] not null default '{}',
    last_heard_at timestamptz not null,
    n bigint not null default 0,
    unique (city, ticket)
);
create index complaint_conversation on intake.complaint (conversation) where conversation is not null;

-- Kept for ever: the same message, years later, is still the same message.
create table intake.inbox (
    message_key text primary key,
    complaint text,
    decision jsonb not null,
    digest text not null,
    at timestamptz not null
);

-- To know which complaint a reply to one of our own messages is about: the provider's id of it, our notice, the complaint.
create table intake.sent (
    provider_key text primary key,
    notice text not null
);
create table intake.told (
    notice text primary key,
    complaint text not null
);
create index told_complaint on intake.told (complaint);

-- Files still to be fetched, checked and attached. `sealed` is the provider's handle or our reference.
create table intake.media (
    message_key text not null,
    position integer not null,
    city text not null,
    channel text not null,
    complaint text not null,
    sealed text not null,
    fetched boolean not null,
    tries integer not null default 0,
    next_at timestamptz not null default now(),
    done text,
    primary key (message_key, position)
);
create index media_waiting on intake.media (next_at) where done is null;

-- What adapters and agencies uploaded, by the reference they got.
create table intake.upload (
    reference text primary key,
    city text not null,
    uploader text not null,
    content_type text not null,
    size integer not null,
    width integer,
    height integer,
    place text,
    at timestamptz not null default now()
);

grant usage on schema intake to tuntas_intake, tuntas_router, tuntas_reporting;
grant select, insert, update on intake.alias, intake.conversation, intake.complaint to tuntas_intake;
grant select, insert on intake.inbox, intake.told to tuntas_intake;
grant delete on intake.told to tuntas_intake;
grant select, insert on intake.sent to tuntas_intake;
grant select, insert, update, delete on intake.media to tuntas_intake;
grant select, insert on intake.upload to tuntas_intake;
-- The router checks that evidence exists; pages show it.
grant select on intake.upload to tuntas_router, tuntas_reporting;
