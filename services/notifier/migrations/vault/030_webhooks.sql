-- Offices' own programs that are called: where, how it went, and what each of them is to be told. No content: what is
-- told is the task as it stands in the office's queue when its turn comes.
create table delivery.webhook (
    id text primary key,
    city text not null,
    seat text not null,
    box text not null,                   -- sealed: address and secrets
    made_by text not null,
    made_at timestamptz not null default now(),
    enabled boolean not null default true,
    cursor bigint not null default 0,    -- of the AGENCY stream: everything of the seat up to here is in webhook_task
    failures int not null default 0,     -- in a row
    failing_since timestamptz,
    rests_until timestamptz not null default now(),
    last_ok_at timestamptz,
    last_tried_at timestamptz,
    last_outcome text,
    disabled_at timestamptz,
    disabled_why text,                   -- gone, failing, by_hand
    told_at timestamptz,                 -- the seat was told that it was disabled
    test_asked_at timestamptz,
    test_done_at timestamptz,
    test_outcome text
);
create index webhook_of_seat on delivery.webhook (city, seat);

create table delivery.webhook_task (
    webhook text not null references delivery.webhook (id) on delete cascade,
    complaint text not null,
    n int not null,                      -- of the newest version that was seen in the queue
    sent_n int,                          -- of the newest version that was taken
    tries int not null default 0,
    failing_since timestamptz,
    next_at timestamptz,                 -- null: nothing waits
    claimed_until timestamptz,           -- somebody sends it; after this he is dead
    outcome text,
    primary key (webhook, complaint)
);
create index webhook_task_waits on delivery.webhook_task (webhook, next_at) where next_at is not null;

grant select, update on delivery.webhook to tuntas_notifier;
grant select, insert, update, delete on delivery.webhook_task to tuntas_notifier;
grant select, insert, update, delete on delivery.webhook to tuntas_reporting;
grant select, update, delete on delivery.webhook_task to tuntas_reporting;
