-- Keys and contacts. Nothing here can be rebuilt from the log: it is backed up, and restored before anything starts.

create schema if not exists vault;

-- One per city, never rotated: every id derived from outside hangs on it. Wrapped by the master key.
create table vault.city_key (
    city text primary key,
    wrapped bytea not null,
    made_at timestamptz not null default now()
);

-- One per (complaint or conversation, party). `wrapped` null: destroyed, the row is its tombstone.
create table vault.data_key (
    owner text not null,
    party text not null,
    wrapped bytea,
    made_at timestamptz not null default now(),
    destroyed_at timestamptz,
    primary key (owner, party),
    check ((wrapped is null) = (destroyed_at is not null))
);

-- A tombstone stays one, whoever writes.
create function vault.stay_destroyed() returns trigger language plpgsql as $$
begin
    if old.destroyed_at is not null then
        raise exception 'a destroyed key is never made again' using errcode = 'TU001';
    end if;
    return new;
end $$;
create trigger stay_destroyed before update or delete on vault.data_key
    for each row execute function vault.stay_destroyed();

-- Address and name are sealed with the party's key.
create table vault.contact (
    owner text not null,
    party text not null,
    city text not null,
    channel text not null,
    door text not null,
    sealed bytea not null,
    last_heard_at timestamptz,
    primary key (owner, party),
    foreign key (owner, party) references vault.data_key (owner, party)
);

create table vault.reveal_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    role text not null,
    owner text not null,
    party text not null,
    who text not null check (who <> ''),
    why text not null check (why <> ''),
    found boolean not null
);

create function vault.destroy(of_owner text, of_party text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from vault.contact where owner = of_owner and party = of_party;
    insert into vault.data_key (owner, party, wrapped, destroyed_at) values (of_owner, of_party, null, now())
    on conflict (owner, party) do update set wrapped = null, destroyed_at = now()
    where vault.data_key.destroyed_at is null;
end $$;

create function vault.reveal(of_owner text, of_party text, by_whom text, because text)
returns table (owner text, party text, city text, channel text, door text, sealed bytea, last_heard_at timestamptz,
               wrapped bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into vault.reveal_log (role, owner, party, who, why, found)
    values (session_user, of_owner, of_party, by_whom, because,
            exists (select 1 from vault.contact c where c.owner = of_owner and c.party = of_party));
    return query
    select c.owner, c.party, c.city, c.channel, c.door, c.sealed, c.last_heard_at, k.wrapped
    from vault.contact c join vault.data_key k on k.owner = c.owner and k.party = c.party
    where c.owner = of_owner and c.party = of_party;
end $$;

revoke all on function vault.destroy(text, text) from public;
revoke all on function vault.reveal(text, text, text, text) from public;

grant usage on schema vault to tuntas_intake, tuntas_router, tuntas_notifier, tuntas_reporting;
grant select on vault.city_key to tuntas_intake, tuntas_router, tuntas_notifier, tuntas_reporting;
-- Whoever decides may need a key for words of its own (`handling`); only intake keeps contacts, only the notifier reads.
grant select, insert on vault.data_key to tuntas_intake, tuntas_router, tuntas_notifier, tuntas_reporting;
grant select, insert, update on vault.contact to tuntas_intake;
grant select on vault.contact to tuntas_notifier;
grant execute on function vault.destroy(text, text) to tuntas_intake, tuntas_router;
grant execute on function vault.reveal(text, text, text, text) to tuntas_reporting;
