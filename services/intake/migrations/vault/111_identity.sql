-- One person by several channels. All of it keyed hashes, backed up with the vault.

-- The alias of the contact that was given for a complaint, where it is another chat than the one it came by.
alter table intake.complaint add column reach text;

-- Complaints of another chat that this chat has proven to speak for.
create table intake.linked (
    conversation text not null,
    complaint text not null references intake.complaint (complaint),
    primary key (conversation, complaint)
);
create index linked_complaint on intake.linked (complaint);

-- Chats that are one person's, both ways.
create table intake.joined (
    conversation text not null,
    other text not null,
    primary key (conversation, other)
);

-- Codes that were asked for in one chat, to be sent from another: kept as keyed hashes, good once and for half an hour.
create table intake.join_code (
    lookup text primary key,
    city text not null,
    conversation text not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

grant select, insert, delete on intake.linked, intake.joined to tuntas_intake;
grant select, insert, update, delete on intake.join_code to tuntas_intake;
