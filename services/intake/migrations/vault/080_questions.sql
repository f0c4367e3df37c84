-- What was asked in a chat and waits for an answer; the messages that go where the answer says; by what a matter is
-- known again. Backed up with the vault, like all of intake.

alter table intake.conversation add column question jsonb;

-- `opened_at`: people count their complaints in the order in which they brought them. `marks`: keyed hashes of words
-- that were told. `moved_at`: when our side last had something to say of it.
alter table intake.complaint add column opened_at timestamptz;
update intake.complaint set opened_at = last_heard_at;
alter table intake.complaint alter column opened_at set not null, alter column opened_at set default now();
alter table intake.complaint add column marks text[] not null default '{}', add column moved_at timestamptz;

-- Messages that are kept until it is known where they belong. `sealed`: the whole delivery; empty when it was carried
-- out. `settled`: what stands for it by then, as in the inbox.
create table intake.waiting (
    message_key text primary key,
    conversation text not null,
    city text not null,
    question jsonb not null,
    sealed text not null,
    at timestamptz not null,
    settled jsonb,
    settled_at timestamptz,
    complaint text,
    done boolean not null default false
);
create index waiting_open on intake.waiting (at) where not done;
create index waiting_conversation on intake.waiting (conversation);

grant select, insert, update, delete on intake.waiting to tuntas_intake;
