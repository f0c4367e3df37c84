-- Who named the city's account under media of their own: only ids come, the words are asked for. Sealed until then;
-- afterwards the row says that it was done, and how. Like the inbox it is no part of the log.
create table intake.mention (
    message_key text primary key,
    city text not null,
    channel text not null,
    sealed text not null,
    tries integer not null default 0,
    next_at timestamptz not null default now(),
    done text
);
create index mention_due on intake.mention (next_at) where done is null;

grant select, insert, update on intake.mention to tuntas_intake;
