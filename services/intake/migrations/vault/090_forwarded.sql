-- Messages that a registered official passed on: which of them belong to one matter (`person` stands for its reporter, a
-- keyed hash), and whether its reporter can be reached. Decided once for each message.
create table intake.forwarded (
    message_key text primary key,
    contact text not null,               -- of the official (`staff.contact`)
    person text not null,
    reached boolean not null,
    at timestamptz not null
);
create index forwarded_of on intake.forwarded (contact, at desc);

grant select, insert on intake.forwarded to tuntas_intake;
