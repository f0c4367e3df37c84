-- What an answer to an officer says, sealed; of other notices to officers the position of the event that they tell of.
alter table delivery.notice add column detail text;

-- A reply to one of our own messages: which complaint it was about, where no fact of the log says it.
grant usage on schema delivery to tuntas_intake;
grant select (id, party, asked) on delivery.notice to tuntas_intake;
