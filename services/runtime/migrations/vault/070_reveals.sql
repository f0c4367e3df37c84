-- A contact is shown to a person only after a second one said yes, and once: here, whatever calls.
alter table vault.reveal_log
    add column approved_by text,
    add column number integer,
    add constraint another_approved check (approved_by <> who);
create unique index reveal_once on vault.reveal_log (owner, number) where number is not null;
comment on column vault.reveal_log.number is 'of the wish in the complaint (complaint.contact_asked)';
comment on column vault.reveal_log.why is 'the ground, or what an operator gave as a reason; the officer''s words are sealed in the log';

create function vault.reveal_approved(
    of_owner text, of_party text, by_whom text, approved text, because text, of_number integer
) returns table (owner text, party text, city text, channel text, door text, sealed bytea, last_heard_at timestamptz,
                 wrapped bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if approved is null or of_number is null then
        raise exception 'a second person and the wish are missing' using errcode = 'TU002';
    end if;
    insert into vault.reveal_log (role, owner, party, who, approved_by, why, number, found)
    values (session_user, of_owner, of_party, by_whom, approved, because, of_number,
            exists (select 1 from vault.contact c where c.owner = of_owner and c.party = of_party));
    return query
    select c.owner, c.party, c.city, c.channel, c.door, c.sealed, c.last_heard_at, k.wrapped
    from vault.contact c join vault.data_key k on k.owner = c.owner and k.party = c.party
    where c.owner = of_owner and c.party = of_party;
end $$;

revoke all on function vault.reveal_approved(text, text, text, text, text, integer) from public;
revoke execute on function vault.reveal(text, text, text, text) from tuntas_reporting;
drop function vault.reveal(text, text, text, text);
grant execute on function vault.reveal_approved(text, text, text, text, text, integer) to tuntas_reporting;

-- What an auditor reads: who looked at what, when and why. No contact stands in it.
create view vault.reveals as
    select id, at, role, owner, party, who, approved_by, why, number, found from vault.reveal_log;
grant select on vault.reveals to tuntas_reporting;
create index reveal_log_by_owner on vault.reveal_log (owner, id);
