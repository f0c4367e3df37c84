-- What officers want from their chats, until the router has answered. `sealed`: their words and the handles of their
-- pictures, under the conversation's key; emptied when it is done.
create table intake.officer_order (
    message_key text primary key,
    city text not null,
    seat text not null,
    contact text not null,
    conversation text not null,
    channel text not null,
    door text not null,
    wish jsonb not null,                 -- what to do, to which task, by when: nothing a person wrote
    completes text,                      -- message key of the order that was short of something
    sealed text,
    pictures integer not null default 0,
    at timestamptz not null,
    next_at timestamptz not null,
    tries integer not null default 0,
    done text
);
create index officer_order_waits on intake.officer_order (next_at) where done is null;
create index officer_order_recent on intake.officer_order (contact, at);

-- The chat as it stands: what the numbers of the last list mean, and what was asked back.
create table intake.officer_chat (
    contact text primary key,
    listed text[] not null default '{}',
    pending jsonb,
    pending_until timestamptz
);

grant select, insert, update, delete on intake.officer_order, intake.officer_chat to tuntas_intake;
