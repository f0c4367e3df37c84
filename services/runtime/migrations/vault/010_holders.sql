-- Contacts of officers: `owner` is a registration (`staff.contact`), `party` is `holder`. The login writes them, and
-- nothing else: these functions touch no contact of a reporter.

create function vault.put_holder(of_owner text, of_city text, on_channel text, by_door text, box bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into vault.contact (owner, party, city, channel, door, sealed)
    values (of_owner, 'holder', of_city, on_channel, by_door, box)
    on conflict (owner, party) do nothing;
end $$;

create function vault.drop_holder(of_owner text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from vault.contact where owner = of_owner and party = 'holder';
    update vault.data_key set wrapped = null, destroyed_at = now()
    where owner = of_owner and party = 'holder' and destroyed_at is null;
end $$;

-- For the login's own page, which shows a holder the last digits of his number.
create function vault.holder_box(of_owner text) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select sealed from vault.contact where owner = of_owner and party = 'holder'
$$;

revoke all on function vault.holder_box(text) from public;
grant execute on function vault.holder_box(text) to tuntas_reporting;
revoke all on function vault.put_holder(text, text, text, text, bytea) from public;
revoke all on function vault.drop_holder(text) from public;
grant execute on function vault.put_holder(text, text, text, text, bytea) to tuntas_reporting;
grant execute on function vault.drop_holder(text) to tuntas_reporting, tuntas_router;
