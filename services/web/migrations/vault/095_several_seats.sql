-- One person may hold several seats: a number speaks for each seat that its holder confirmed it for. And a chat may be
-- registered by a code that the console shows and that is said there (`claim`: its keyed hash), where nobody's id is
-- known beforehand.
drop index staff.contact_of_one;
create unique index contact_of_one on staff.contact (city, channel, alias, seat) where confirmed_at is not null;

alter table staff.contact add column claim text;
create unique index contact_claim on staff.contact (claim) where claim is not null;

create function staff.claim_contact(in of_city text, in with_claim text, in on_channel text, in by_alias text,
    out id text, out fresh boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    row_ staff.contact;
begin
    select * into row_ from staff.contact c
    where c.claim = with_claim and c.city = of_city and c.channel = on_channel for update;
    if not found then
        return;
    end if;
    if row_.confirmed_at is not null then
        if row_.alias = by_alias then
            id := row_.id;
            fresh := false;
        end if;
        return;
    end if;
    if row_.code_until <= now() then
        return;
    end if;
    perform vault.drop_holder(c.id) from staff.contact c
    where c.city = of_city and c.channel = on_channel and c.alias = by_alias and c.seat = row_.seat
        and c.confirmed_at is not null;
    delete from staff.contact c
    where c.city = of_city and c.channel = on_channel and c.alias = by_alias and c.seat = row_.seat
        and c.confirmed_at is not null;
    update staff.contact c set alias = by_alias, confirmed_at = now(), code = null where c.id = row_.id;
    id := row_.id;
    fresh := true;
end $$;

revoke all on function staff.claim_contact(text, text, text, text) from public;
grant execute on function staff.claim_contact(text, text, text, text) to tuntas_intake;
grant execute on function vault.put_holder(text, text, text, text, bytea) to tuntas_intake;
