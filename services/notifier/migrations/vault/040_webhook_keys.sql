-- A program that is taken off the list leaves the tombstone of its key: its address and secrets can be read in no
-- backup any more. Tasks go first, because whoever calls locks them first.
create function delivery.drop_webhook(of_city text, of_id text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from delivery.webhook_task t using delivery.webhook w
    where t.webhook = w.id and w.id = of_id and w.city = of_city;
    delete from delivery.webhook w where w.id = of_id and w.city = of_city;
    if not found then
        return false;
    end if;
    perform vault.destroy(of_id, 'webhook');
    return true;
end $$;

revoke all on function delivery.drop_webhook(text, text) from public;
grant execute on function delivery.drop_webhook(text, text) to tuntas_reporting;
